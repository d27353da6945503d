package dev.skep.chain.proof;

import dev.skep.chain.proof.Evidence.Place;
import dev.skep.chain.proof.Evidence.Proven;
import dev.skep.chain.proof.Evidence.SettledBlock;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.List;
import java.util.Map;

/** The form of an evidence document. */
final class EvidenceJson {
  private static final int MAX_LENGTH = 64 << 20;

  private EvidenceJson() {}

  static List<Evidence> read(String json) {
    try {
      requireNothingAfter(json);
      JsonStructure structure = structure(json);
      return structure instanceof JsonObject one
          ? List.of(evidence(one))
          : structure.asJsonArray().stream().map(each -> evidence(each.asJsonObject())).toList();
    } catch (RuntimeException e) {
      // Whatever the text provokes is its own fault; the parser throws even bare exceptions.
      throw malformed(e);
    }
  }

  /** The reader below stops at the end of the first value, and takes the rest for nothing. */
  private static void requireNothingAfter(String json) {
    if (json.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("more than " + MAX_LENGTH + " characters");
    }
    try (JsonParser parser = Json.createParser(new StringReader(json))) {
      while (parser.hasNext()) {
        parser.next();
      }
    }
  }

  private static JsonStructure structure(String json) {
    Map<String, Object> strict = Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE);
    try (JsonReader reader =
        Json.createReaderFactory(strict).createReader(new StringReader(json))) {
      return reader.read();
    }
  }

  private static Evidence evidence(JsonObject json) {
    Fields all = Fields.of(json, "receipt", "receiptProof", "leaf", "block", "chain");
    Fields receipt =
        all.object(
            "receipt",
            "jobId",
            "attempt",
            "poolId",
            "chainPoolId",
            "provider",
            "amount",
            "resultSha256");
    Fields leaf = all.object("leaf", "chainPoolId", "provider", "cumulative", "proof");
    return new Evidence(
        PoolId.parse(receipt.text("poolId")),
        new Proven<>(receipt(receipt), all.hashes("receiptProof")),
        new Proven<>(
            new EarningLeaf(
                leaf.hash("chainPoolId"), leaf.address("provider"), leaf.amount("cumulative")),
            leaf.hashes("proof")),
        block(all),
        place(all.object("chain", "chainId", "ledger", "token")));
  }

  private static ReceiptLeaf receipt(Fields receipt) {
    JobId job = JobId.parse(receipt.text("jobId"));
    return new ReceiptLeaf(
        new AttemptRef(job, Math.toIntExact(receipt.number("attempt"))),
        receipt.hash("chainPoolId"),
        receipt.address("provider"),
        receipt.amount("amount"),
        receipt.hash("resultSha256"));
  }

  private static SettledBlock block(Fields all) {
    // How far the queen saw it get is news, not evidence.
    Fields block =
        all.without(
            "block",
            "state",
            "number",
            "parentHash",
            "root",
            "receiptsRoot",
            "dataHash",
            "debitsHash",
            "hash",
            "tx");
    BlockHeader header =
        new BlockHeader(
            block.number("number"),
            block.hash("parentHash"),
            block.hash("root"),
            block.hash("receiptsRoot"),
            block.hash("dataHash"),
            block.hash("debitsHash"));
    return new SettledBlock(header, block.hash("hash"), block.hash("tx"));
  }

  private static Place place(Fields chain) {
    return new Place(chain.number("chainId"), chain.address("ledger"), chain.address("token"));
  }

  static JsonObject write(Evidence evidence) {
    ReceiptLeaf receipt = evidence.receipt().leaf();
    EarningLeaf leaf = evidence.earning().leaf();
    Place place = evidence.place();
    return Json.createObjectBuilder()
        .add(
            "receipt",
            Json.createObjectBuilder()
                .add("jobId", receipt.attempt().job().toString())
                .add("attempt", receipt.attempt().number())
                .add("poolId", evidence.pool().toString())
                .add("chainPoolId", receipt.poolId().toString())
                .add("provider", receipt.provider().toString())
                .add("amount", receipt.amount().toString())
                .add("resultSha256", receipt.resultSha256().toString()))
        .add("receiptProof", hashes(evidence.receipt().proof()))
        .add(
            "leaf",
            Json.createObjectBuilder()
                .add("chainPoolId", leaf.poolId().toString())
                .add("provider", leaf.provider().toString())
                .add("cumulative", leaf.cumulative().toString())
                .add("proof", hashes(evidence.earning().proof())))
        .add("block", block(evidence.block()))
        .add(
            "chain",
            Json.createObjectBuilder()
                .add("chainId", place.chainId())
                .add("ledger", place.ledger().toString())
                .add("token", place.token().toString()))
        .build();
  }

  private static JsonObjectBuilder block(SettledBlock block) {
    BlockHeader header = block.header();
    return Json.createObjectBuilder()
        .add("number", header.number())
        .add("parentHash", header.parentHash().toString())
        .add("root", header.root().toString())
        .add("receiptsRoot", header.receiptsRoot().toString())
        .add("dataHash", header.dataHash().toString())
        .add("debitsHash", header.debitsHash().toString())
        .add("hash", block.hash().toString())
        .add("tx", block.transaction().toString());
  }

  private static JsonArrayBuilder hashes(List<Hash32> hashes) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    hashes.forEach(hash -> array.add(hash.toString()));
    return array;
  }

  private static SkepException malformed(RuntimeException cause) {
    return SkepException.of("evidence-malformed", 400)
        .because("This is not an evidence document: " + cause.getMessage())
        .hint("Take it as GET /api/jobs/{id}/evidence returns it.")
        .causedBy(cause);
  }
}
