package dev.skep.chain.fake;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.WordReader;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Duration;

/**
 * Brings the fake contracts to life: their constructor arguments are the last words of the code.
 */
final class FakeDeployment {
  private FakeDeployment() {}

  static void create(FakeCall call, WalletAddress address, byte[] code) {
    FakeState state = call.state();
    Contracts contracts = call.environment().contracts();
    state.code.add(address);
    if (address.equals(contracts.token())) {
      state.tokenOwner = new WordReader(code, code.length - 64).address();
    } else if (address.equals(contracts.ledger())) {
      WordReader words = new WordReader(code, code.length - 8 * 32);
      state.king = words.address();
      words.address();
      state.challengePeriod = Duration.ofSeconds(words.count());
      state.withdrawDelay = Duration.ofSeconds(words.count());
      words.count();
      words.count();
      state.epoch = Duration.ofSeconds(words.count());
      state.claimWindow = Duration.ofSeconds(words.count());
    }
  }
}
