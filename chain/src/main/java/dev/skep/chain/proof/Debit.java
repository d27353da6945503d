package dev.skep.chain.proof;

import dev.skep.protocol.wallet.TokenAmount;

/**
 * What the king's roots may pay from a pool since its beginning; absolute, so that repeating it
 * changes nothing.
 *
 * @param from what was debited before, to which a veto goes back
 */
public record Debit(Hash32 poolId, TokenAmount from, TokenAmount cumulative) {
  Words words() {
    return new Words().hash(poolId).amount(from).amount(cumulative);
  }
}
