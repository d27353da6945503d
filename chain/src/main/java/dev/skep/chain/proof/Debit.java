package dev.skep.chain.proof;

import dev.skep.protocol.wallet.TokenAmount;

/**
 * What a pool owes its providers since its beginning; absolute, so that repeating it changes
 * nothing.
 */
public record Debit(Hash32 poolId, TokenAmount cumulative) {
  Words words() {
    return new Words().hash(poolId).amount(cumulative);
  }
}
