package dev.skep.chain.ledger;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pool's money in the contract; always {@code claimed <= reserved <= deposited - withdrawn}.
 *
 * @param reserved what blocks have debited so far
 * @param withdrawAmount what its owner asked back
 * @param withdrawAt when that may be taken; null without a request
 */
public record PoolAccount(
    WalletAddress owner,
    TokenAmount deposited,
    TokenAmount withdrawn,
    TokenAmount reserved,
    TokenAmount claimed,
    TokenAmount withdrawAmount,
    @Nullable Instant withdrawAt) {
  /** What no block has debited yet. */
  public TokenAmount rest() {
    return deposited.minus(withdrawn).minus(reserved);
  }
}
