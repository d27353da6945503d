package dev.skep.chain.ledger;

import dev.skep.protocol.wallet.TokenAmount;

/**
 * What the next debit of a pool is up against.
 *
 * @param debited what it starts from
 * @param room how much it can take now: what the deposit and the cap of this epoch leave
 */
public record Room(TokenAmount debited, TokenAmount room) {
  /** Of a pool that the ledger does not know. */
  public static final Room NONE = new Room(TokenAmount.ZERO, TokenAmount.ZERO);
}
