package dev.skep.king.settlement;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;

/** A receipt that is in no block yet, with its pool's id on the chain inside its leaf. */
record Due(PoolId pool, ReceiptLeaf leaf) {
  WalletAddress provider() {
    return leaf.provider();
  }

  TokenAmount amount() {
    return leaf.amount();
  }

  Hash32 chainPoolId() {
    return leaf.poolId();
  }
}
