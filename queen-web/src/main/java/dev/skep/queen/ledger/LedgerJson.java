package dev.skep.queen.ledger;

import dev.skep.chain.proof.Debit;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.queen.ledger.Blocks.ProvenEarning;
import dev.skep.queen.ledger.EvidenceBook.Evidence;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks, earnings and evidence as the API shows them; the form of evidence is a contract. */
final class LedgerJson {
  private LedgerJson() {}

  static JsonObjectBuilder block(BlockView block) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("number", block.number())
            .add("hash", block.hash().toString())
            .add("parentHash", block.roots().parentHash().toString())
            .add("root", block.roots().root().toString())
            .add("receiptsRoot", block.roots().receiptsRoot().toString())
            .add("dataHash", block.roots().dataHash().toString())
            .add("receipts", block.receipts())
            .add("state", block.state().name());
    put(json, "tx", block.txHash());
    put(json, "sealedAt", block.times().sealedAt());
    put(json, "includedAt", block.times().includedAt());
    put(json, "finalAt", block.times().finalAt());
    return json;
  }

  static JsonArrayBuilder debits(List<Debit> debits) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    debits.forEach(
        debit ->
            array.add(
                Json.createObjectBuilder()
                    .add("chainPoolId", debit.poolId().toString())
                    .add("cumulative", debit.cumulative().toString())));
    return array;
  }

  static JsonArrayBuilder earnings(List<ProvenEarning> earnings) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    earnings.forEach(earning -> array.add(earning(earning)));
    return array;
  }

  private static JsonObjectBuilder earning(ProvenEarning earning) {
    return leaf(earning.leaf(), earning.proof())
        .add("poolId", earning.poolId())
        .add("blockNumber", earning.block())
        .add("blockState", earning.blockState());
  }

  private static JsonObjectBuilder leaf(EarningLeaf leaf, List<Hash32> proof) {
    return Json.createObjectBuilder()
        .add("chainPoolId", leaf.poolId().toString())
        .add("provider", leaf.provider().toString())
        .add("cumulative", leaf.cumulative().toString())
        .add("proof", hashes(proof));
  }

  static JsonObjectBuilder evidence(Evidence evidence) {
    return Json.createObjectBuilder()
        .add("receipt", receipt(evidence.poolId(), evidence.receipt()))
        .add("receiptProof", hashes(evidence.receiptProof()))
        .add("leaf", leaf(evidence.earning().leaf(), evidence.earning().proof()))
        .add("block", header(evidence.block(), evidence.debitsHash()))
        .add("chain", chain(evidence.deployment()));
  }

  private static JsonObjectBuilder receipt(String poolId, ReceiptLeaf leaf) {
    return Json.createObjectBuilder()
        .add("jobId", leaf.attempt().job().toString())
        .add("attempt", leaf.attempt().number())
        .add("poolId", poolId)
        .add("chainPoolId", leaf.poolId().toString())
        .add("provider", leaf.provider().toString())
        .add("amount", leaf.amount().toString())
        .add("resultSha256", leaf.resultSha256().toString());
  }

  private static JsonObjectBuilder header(BlockView block, Hash32 debitsHash) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("number", block.number())
            .add("parentHash", block.roots().parentHash().toString())
            .add("root", block.roots().root().toString())
            .add("receiptsRoot", block.roots().receiptsRoot().toString())
            .add("dataHash", block.roots().dataHash().toString())
            .add("debitsHash", debitsHash.toString())
            .add("hash", block.hash().toString())
            .add("state", block.state().name());
    put(json, "tx", block.txHash());
    return json;
  }

  private static JsonObjectBuilder chain(Deployment deployment) {
    return Json.createObjectBuilder()
        .add("chainId", deployment.chainId())
        .add("ledger", deployment.ledger().toString())
        .add("token", deployment.token().toString());
  }

  private static JsonArrayBuilder hashes(List<Hash32> hashes) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    hashes.forEach(hash -> array.add(hash.toString()));
    return array;
  }

  private static void put(JsonObjectBuilder json, String name, @Nullable Object value) {
    if (value != null) {
      json.add(name, value.toString());
    }
  }
}
