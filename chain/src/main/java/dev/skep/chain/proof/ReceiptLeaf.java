package dev.skep.chain.proof;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;

/**
 * One receipt as a leaf of its block's receipts tree.
 *
 * @param resultSha256 the SHA-256 of the output bytes that the attempt was paid for
 */
public record ReceiptLeaf(
    AttemptRef attempt,
    Hash32 poolId,
    WalletAddress provider,
    TokenAmount amount,
    Hash32 resultSha256) {
  /** The leaf of the tree, hashed twice so that no inner node can pass for one. */
  public Hash32 hash() {
    Words words =
        new Words()
            .hash(ChainPoolId.leftAligned(attempt.job().value()))
            .number(attempt.number())
            .hash(poolId)
            .address(provider)
            .amount(amount)
            .hash(resultSha256);
    return Keccak.hash(Keccak.hash(words).bytes());
  }
}
