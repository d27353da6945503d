package dev.skep.chain.typed;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Words;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;

/**
 * What a pool's signer says a provider has earned there in all; the ledger pays it without a king.
 */
public record Voucher(Hash32 poolId, WalletAddress provider, TokenAmount cumulative) {
  private static final Hash32 TYPE =
      TypedDomain.text("Voucher(bytes32 poolId,address provider,uint128 cumulative)");

  /** What the signer signs. */
  public Hash32 digest(TypedDomain ledger) {
    Words struct = new Words().hash(TYPE).hash(poolId).address(provider);
    return ledger.digest(struct.amount(cumulative));
  }
}
