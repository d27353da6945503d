package dev.skep.chain.ledger;

import dev.skep.chain.proof.BlockBody;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Words;
import dev.skep.chain.wallet.Call;
import dev.skep.protocol.wallet.WalletAddress;

/** What king and guardian do to keep each other honest, and what anyone may do after them. */
public final class RoleCalls {
  /** The roles by their numbers in the contract. */
  public enum Role {
    KING,
    GUARDIAN
  }

  private final WalletAddress ledger;

  public RoleCalls(Contracts contracts) {
    this.ledger = contracts.ledger();
  }

  /** The guardian's: throws out this young block and all later ones. */
  public Call veto(long number) {
    return call("veto(uint64)", new Words().number(number));
  }

  /** Anyone's: takes back the debits of the topmost vetoed block. */
  public Call undo(Hash32 receiptsRoot, BlockBody body) {
    Words head = new Words().hash(receiptsRoot).hash(body.dataHash()).number(3 * 32);
    return call(
        "undo(bytes32,bytes32,(bytes32,uint128,uint128)[])", head.append(body.debitTable()));
  }

  /** The guardian's: stops all but withdrawals. */
  public Call pause() {
    return call("pause()", new Words());
  }

  /** The guardian's, and anyone's once the king has vanished. */
  public Call unpause() {
    return call("unpause()", new Words());
  }

  /** King's or guardian's: names a successor for either role. */
  public Call proposeHandover(Role role, WalletAddress next) {
    return call("proposeHandover(uint8,address)", new Words().number(role.ordinal()).address(next));
  }

  /** King's or guardian's: does away with a proposal. */
  public Call cancelHandover(Role role) {
    return call("cancelHandover(uint8)", new Words().number(role.ordinal()));
  }

  /** The successor's, after the delay. */
  public Call acceptHandover(Role role) {
    return call("acceptHandover(uint8)", new Words().number(role.ordinal()));
  }

  private Call call(String function, Words words) {
    return Call.to(ledger, Selector.encode(function, words));
  }
}
