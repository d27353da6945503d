package dev.skep.queen.ledger;

import dev.skep.chain.proof.BlockBody;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.queen.ledger.Blocks.ProvenEarning;
import dev.skep.queen.ledger.Blocks.SettledReceipt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Puts together what proves a receipt without the queen: its way to the block's receipts root, the
 * provider's way to the block's root, and the block's own hash. Everything is recomputed before it
 * is handed out, so that evidence is either good or refused here.
 */
@ApplicationScoped
public class EvidenceBook {
  @Inject Blocks blocks;
  @Inject Deployments deployments;

  /**
   * The proof of one receipt.
   *
   * @param poolId our id of the pool
   */
  public record Evidence(
      String poolId,
      ReceiptLeaf receipt,
      List<Hash32> receiptProof,
      ProvenEarning earning,
      BlockView block,
      Hash32 debitsHash,
      Deployment deployment) {}

  /** Of each receipt of the job that is in a block; the others have none yet. */
  public List<Evidence> of(JobId job) {
    return blocks.settled(job).stream().map(this::evidence).toList();
  }

  private Evidence evidence(SettledReceipt receipt) {
    long number = receipt.block();
    BlockView block = blocks.find(number).orElseThrow(() -> inconsistent(number, "no block"));
    List<Hash32> leaves = blocks.receipts(number).stream().map(ReceiptLeaf::hash).toList();
    MerkleTree tree = MerkleTree.of(leaves);
    require(tree.root().equals(block.roots().receiptsRoot()), number, "receipts root differs");
    return new Evidence(
        receipt.poolId(),
        receipt.leaf(),
        tree.proof(receipt.leaf().hash()),
        earning(receipt, block),
        block,
        debitsHash(block),
        deployments.require());
  }

  private ProvenEarning earning(SettledReceipt receipt, BlockView block) {
    ProvenEarning earning =
        blocks.earnings(block.number()).stream()
            .filter(found -> found.leaf().poolId().equals(receipt.leaf().poolId()))
            .filter(found -> found.leaf().provider().equals(receipt.leaf().provider()))
            .findFirst()
            .orElseThrow(() -> inconsistent(block.number(), "no earning"));
    Hash32 root = MerkleTree.rootOf(earning.leaf().hash(), earning.proof());
    require(root.equals(block.roots().root()), block.number(), "root differs");
    return earning;
  }

  private Hash32 debitsHash(BlockView block) {
    Deployment deployment = deployments.require();
    Hash32 debits = new BlockBody(blocks.debits(block.number()), List.of()).debitsHash();
    Hash32 hash = block.header(debits).hash(deployment.chainId(), deployment.ledger());
    require(hash.equals(block.hash()), block.number(), "hash differs");
    return debits;
  }

  private static void require(boolean condition, long block, String what) {
    if (!condition) {
      throw inconsistent(block, what);
    }
  }

  private static SkepException inconsistent(long block, String what) {
    return SkepException.of("evidence-inconsistent", 500)
        .fault(Fault.PLATFORM)
        .because("The rows of block " + block + " do not prove it: " + what + ".")
        .hint("Tell the operator; the block on the chain stays the authority.");
  }
}
