package dev.skep.chain.proof;

import dev.skep.protocol.wallet.WalletAddress;

/**
 * The king's block in six words. Its hash also binds the chain and the contract, so that a block
 * can be neither replayed elsewhere nor forked.
 *
 * @param number 1 for the first block, whose parent hash is zero
 */
public record BlockHeader(
    long number,
    Hash32 parentHash,
    Hash32 root,
    Hash32 receiptsRoot,
    Hash32 dataHash,
    Hash32 debitsHash) {

  /** The hash that {@code KingLedger} computes for this block. */
  public Hash32 hash(long chainId, WalletAddress ledger) {
    return Keccak.hash(
        new Words()
            .number(chainId)
            .address(ledger)
            .number(number)
            .hash(parentHash)
            .hash(root)
            .hash(receiptsRoot)
            .hash(dataHash)
            .hash(debitsHash));
  }
}
