package dev.skep.chain.typed;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Words;

/**
 * An owner's signed terms, for anyone to bring to the ledger.
 *
 * @param nonce how often the pool's terms were set before
 * @param deadline seconds since 1970
 */
public record Appointment(Hash32 poolId, PoolTerms terms, long nonce, long deadline) {
  private static final Hash32 TYPE =
      TypedDomain.text(
          "Appointment(bytes32 poolId,address signer,uint48 expiry,uint128 epochCap,uint256 nonce,"
              + "uint256 deadline)");

  /** What the owner signs. */
  public Hash32 digest(TypedDomain ledger) {
    Words struct = terms.appendTo(new Words().hash(TYPE).hash(poolId));
    return ledger.digest(struct.number(nonce).number(deadline));
  }
}
