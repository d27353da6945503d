package dev.skep.chain.ledger;

import dev.skep.chain.proof.Hex;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** One of our contracts as it was compiled: its creation code and the names of its errors. */
enum ContractArtifact {
  TOKEN("SkepToken"),
  FORWARDER("SkepForwarder"),
  LEDGER("KingLedger");

  @SuppressWarnings("ImmutableEnumChecker") // nobody else gets it
  private final JsonObject json;

  ContractArtifact(String contract) {
    this.json = read("/dev/skep/chain/contracts/" + contract + ".json");
  }

  byte[] code() {
    return Hex.decode(json.getString("bytecode"));
  }

  /** The errors the contract may revert with, as {@code Name(type,type)}. */
  List<String> errors() {
    return json.getJsonArray("abi").getValuesAs(JsonObject.class).stream()
        .filter(entry -> entry.getString("type").equals("error"))
        .map(ContractArtifact::signature)
        .toList();
  }

  private static String signature(JsonObject entry) {
    return entry.getJsonArray("inputs").getValuesAs(JsonObject.class).stream()
        .map(input -> input.getString("type"))
        .collect(Collectors.joining(",", entry.getString("name") + "(", ")"));
  }

  private static JsonObject read(String resource) {
    try (InputStream in = ContractArtifact.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not packaged: " + resource);
      }
      try (JsonReader reader = Json.createReader(in)) {
        return reader.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
