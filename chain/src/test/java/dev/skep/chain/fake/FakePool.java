package dev.skep.chain.fake;

import dev.skep.chain.ledger.PoolAccount;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pool's account while it changes. */
final class FakePool {
  final WalletAddress owner;
  TokenAmount deposited;
  TokenAmount withdrawn;
  TokenAmount reserved;
  TokenAmount claimed;
  TokenAmount withdrawAmount;
  @Nullable Instant withdrawAt;

  FakePool(PoolAccount account) {
    this.owner = account.owner();
    this.deposited = account.deposited();
    this.withdrawn = account.withdrawn();
    this.reserved = account.reserved();
    this.claimed = account.claimed();
    this.withdrawAmount = account.withdrawAmount();
    this.withdrawAt = account.withdrawAt();
  }

  PoolAccount account() {
    return new PoolAccount(
        owner, deposited, withdrawn, reserved, claimed, withdrawAmount, withdrawAt);
  }
}
