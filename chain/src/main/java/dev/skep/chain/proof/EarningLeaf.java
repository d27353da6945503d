package dev.skep.chain.proof;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;

/**
 * What a provider has earned from one pool since its beginning; a block's root is over all of
 * these.
 */
public record EarningLeaf(Hash32 poolId, WalletAddress provider, TokenAmount cumulative) {
  /** The leaf of the tree, hashed twice so that no inner node can pass for one. */
  public Hash32 hash() {
    return Keccak.hash(Keccak.hash(words()).bytes());
  }

  Words words() {
    return new Words().hash(poolId).address(provider).amount(cumulative);
  }
}
