package dev.skep.provider.bulk;

import dev.skep.protocol.wallet.TokenAmount;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * How far a run is: everything before it is on disk and need not be asked again.
 *
 * @param lines lines whose answers are in the output
 * @param outputBytes their length there
 * @param failed how many of them are problems
 * @param cost what their jobs cost
 * @param chain the hash over the lines
 * @param done whether there are no more lines
 */
public record RunMark(
    long lines, long outputBytes, long failed, TokenAmount cost, String chain, boolean done) {
  public static final RunMark START = new RunMark(0, 0, 0, TokenAmount.ZERO, "0".repeat(64), false);

  JsonObject toJson() {
    return Json.createObjectBuilder()
        .add("lines", lines)
        .add("outputBytes", outputBytes)
        .add("failed", failed)
        .add("cost", cost.toString())
        .add("chain", chain)
        .add("done", done)
        .build();
  }

  static RunMark fromJson(JsonObject json) {
    return new RunMark(
        json.getJsonNumber("lines").longValueExact(),
        json.getJsonNumber("outputBytes").longValueExact(),
        json.getJsonNumber("failed").longValueExact(),
        TokenAmount.parse(json.getString("cost")),
        json.getString("chain"),
        json.getBoolean("done"));
  }
}
