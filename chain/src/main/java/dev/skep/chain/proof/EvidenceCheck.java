package dev.skep.chain.proof;

import dev.skep.chain.proof.Evidence.SettledBlock;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that was looked at, and what came of it.
 *
 * @param name a stable word for machines
 * @param detail what was compared, for people
 */
public record EvidenceCheck(String name, boolean passed, String detail) {

  /** Whether nothing failed. */
  public static boolean allPassed(List<EvidenceCheck> checks) {
    return checks.stream().allMatch(EvidenceCheck::passed);
  }

  /**
   * All checks.
   *
   * @throws dev.skep.protocol.SkepException when the chain cannot be asked: then nothing is proven
   *     either way
   */
  public static List<EvidenceCheck> run(Evidence evidence, ChainWitness witness) {
    List<EvidenceCheck> checks = new ArrayList<>(offline(evidence));
    checks.addAll(onChain(evidence, witness));
    return List.copyOf(checks);
  }

  /** What arithmetic alone can tell. */
  public static List<EvidenceCheck> offline(Evidence evidence) {
    ReceiptLeaf receipt = evidence.receipt().leaf();
    EarningLeaf earning = evidence.earning().leaf();
    SettledBlock block = evidence.block();
    Evidence.Place place = evidence.place();
    TokenAmount amount = receipt.amount();
    return List.of(
        same(
            "receipt-in-block",
            "the receipt and its proof lead to the block's receipts root",
            MerkleTree.rootOf(receipt.hash(), evidence.receipt().proof()),
            block.header().receiptsRoot()),
        same(
            "earning-in-block",
            "the earning and its proof lead to the block's root",
            MerkleTree.rootOf(earning.hash(), evidence.earning().proof()),
            block.header().root()),
        same("same-pool", "receipt and earning name one pool", receipt.poolId(), earning.poolId()),
        same(
            "same-provider",
            "receipt and earning name one provider",
            receipt.provider(),
            earning.provider()),
        new EvidenceCheck(
            "amount-covered",
            amount.compareTo(earning.cumulative()) <= 0,
            "the receipt's " + amount + " is within the earning's " + earning.cumulative()),
        same(
            "block-hash",
            "the block's fields hash to its hash, on this chain and ledger",
            block.header().hash(place.chainId(), place.ledger()),
            block.hash()));
  }

  /** What only the chain can tell. */
  public static List<EvidenceCheck> onChain(Evidence evidence, ChainWitness witness) {
    SettledBlock block = evidence.block();
    Optional<Boolean> succeeded = witness.transactionSucceeded(block.transaction());
    return List.of(
        same(
            "chain-id",
            "the node is of the evidence's chain",
            witness.chainId(),
            evidence.place().chainId()),
        same(
            "ledger-token",
            "the ledger pays in the evidence's token",
            witness.ledgerToken(),
            evidence.place().token()),
        same(
            "block-on-chain",
            "the ledger keeps this hash for block " + block.header().number(),
            witness.ledgerBlockHash(block.header().number()).map(Hash32::toString).orElse("none"),
            block.hash().toString()),
        new EvidenceCheck(
            "transaction",
            succeeded.orElse(false),
            block.transaction()
                + succeeded.map(done -> done ? " succeeded" : " reverted").orElse(" is unknown")));
  }

  private static EvidenceCheck same(String name, String claim, Object found, Object expected) {
    boolean passed = found.equals(expected);
    return new EvidenceCheck(
        name,
        passed,
        passed ? claim : "not so: " + claim + " (" + found + ", not " + expected + ")");
  }
}
