package dev.skep.chain.ledger;

import dev.skep.chain.typed.PoolTerms;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pool's money in the contract; always {@code claimed <= reserved <= deposited - withdrawn}.
 *
 * @param debited what blocks have reserved for their roots to pay
 * @param redeemed what vouchers have paid
 * @param claimed what providers have been paid, by roots and by vouchers
 * @param closedAt when its owner closed it; null while it is open
 * @param terms what its owner appointed last but for changes that wait for their time
 * @param withdrawAmount what its owner asked back
 * @param withdrawAt when that may be taken; null without a request
 */
public record PoolAccount(
    WalletAddress owner,
    TokenAmount deposited,
    TokenAmount withdrawn,
    TokenAmount debited,
    TokenAmount redeemed,
    TokenAmount claimed,
    TokenAmount withdrawAmount,
    @Nullable Instant withdrawAt,
    @Nullable Instant closedAt,
    PoolTerms terms) {
  /** All that is not the owner's any more. */
  public TokenAmount reserved() {
    return debited.plus(redeemed);
  }

  /** What no block and no voucher has taken. */
  public TokenAmount rest() {
    return deposited.minus(withdrawn).minus(reserved());
  }
}
