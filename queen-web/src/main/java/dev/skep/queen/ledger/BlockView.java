package dev.skep.queen.ledger;

import dev.skep.chain.proof.BlockHeader;
import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.block.BlockState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A block of the king as everybody may see it.
 *
 * @param txHash 0x hex of the transaction that carries it
 */
public record BlockView(
    long number,
    Hash32 hash,
    Roots roots,
    int receipts,
    BlockState state,
    Times times,
    @Nullable String txHash) {

  /** What the block's hash binds. */
  public record Roots(Hash32 parentHash, Hash32 root, Hash32 receiptsRoot, Hash32 dataHash) {}

  /** When it was sealed by the king, found on the chain, and final there. */
  public record Times(Instant sealedAt, @Nullable Instant includedAt, @Nullable Instant finalAt) {}

  BlockHeader header(Hash32 debitsHash) {
    return new BlockHeader(
        number,
        roots.parentHash(),
        roots.root(),
        roots.receiptsRoot(),
        roots.dataHash(),
        debitsHash);
  }
}
