package dev.skep.chain.fake;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.LedgerEvent.Place;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * One call under way.
 *
 * @param sender who called, the forwarder itself in a forwarded call
 * @param actor whom the contract takes for the sender, the signer in a forwarded call
 */
record FakeCall(
    FakeState state,
    Environment environment,
    WalletAddress sender,
    WalletAddress actor,
    List<Function<Place, LedgerEvent>> events) {

  /** What does not change during a block. */
  record Environment(long chainId, Contracts contracts, Instant now) {}

  FakeCall forwarded(WalletAddress signer) {
    return new FakeCall(state, environment, environment.contracts().forwarder(), signer, events);
  }

  void emit(Function<Place, LedgerEvent> event) {
    events.add(event);
  }

  WalletAddress ledger() {
    return environment.contracts().ledger();
  }
}
