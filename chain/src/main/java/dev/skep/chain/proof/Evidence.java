package dev.skep.chain.proof;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.List;

/**
 * Everything that is needed to see that one receipt was settled, without trusting whoever hands it
 * over: the receipt and the provider's earning with their proofs, the block they lead to, and where
 * that block stands.
 *
 * @param pool the queen's own id of the pool, for people; nothing follows from it
 */
public record Evidence(
    PoolId pool,
    Proven<ReceiptLeaf> receipt,
    Proven<EarningLeaf> earning,
    SettledBlock block,
    Place place) {

  /** A leaf and its siblings up to the root. */
  public record Proven<T>(T leaf, List<Hash32> proof) {
    public Proven {
      proof = List.copyOf(proof);
    }
  }

  /**
   * The king's block.
   *
   * @param hash what the header is said to hash to
   * @param transaction what is said to have put it on the chain
   */
  public record SettledBlock(BlockHeader header, Hash32 hash, Hash32 transaction) {}

  /** Which chain, and which contracts on it. */
  public record Place(long chainId, WalletAddress ledger, WalletAddress token) {}

  /**
   * Reads one document or an array of them, strictly: every key must be there, and no other.
   *
   * @throws SkepException {@code evidence-malformed} (400) saying where
   */
  public static List<Evidence> parse(String json) {
    return EvidenceJson.read(json);
  }

  /** The document as JSON. */
  public String toJson() {
    return EvidenceJson.write(this).toString();
  }
}
