package dev.skep.chain.fake;

import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.typed.PoolTerms;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pool's account while it changes. */
final class FakePool {
  final WalletAddress owner;
  TokenAmount deposited;
  TokenAmount withdrawn;
  TokenAmount debited;
  TokenAmount redeemed;
  TokenAmount claimed;
  TokenAmount withdrawAmount;
  @Nullable Instant withdrawAt;
  @Nullable Instant closedAt;
  PoolTerms terms;

  FakePool(PoolAccount account) {
    this.owner = account.owner();
    this.deposited = account.deposited();
    this.withdrawn = account.withdrawn();
    this.debited = account.debited();
    this.redeemed = account.redeemed();
    this.claimed = account.claimed();
    this.withdrawAmount = account.withdrawAmount();
    this.withdrawAt = account.withdrawAt();
    this.closedAt = account.closedAt();
    this.terms = account.terms();
  }

  PoolAccount account() {
    return new PoolAccount(
        owner,
        deposited,
        withdrawn,
        debited,
        redeemed,
        claimed,
        withdrawAmount,
        withdrawAt,
        closedAt,
        terms);
  }
}
