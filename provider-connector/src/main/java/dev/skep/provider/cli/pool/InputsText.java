package dev.skep.provider.cli.pool;

import dev.skep.provider.cli.Table;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;

/** How far a finite pool has come, as people read it. */
final class InputsText {
  private InputsText() {}

  static void rows(Table facts, JsonObject pool) {
    if (pool.get("inputs") instanceof JsonObject inputs) {
      facts.row("inputs", ended(inputs));
      facts.row("", soon(inputs, pool));
    }
  }

  private static String ended(JsonObject inputs) {
    int done = inputs.getInt("done");
    int failed = inputs.getInt("failed");
    return "%d of %d ended: %d done, %d failed"
        .formatted(done + failed, inputs.getInt("total"), done, failed);
  }

  private static String soon(JsonObject inputs, JsonObject pool) {
    if (inputs.getInt("left") == 0) {
      return "results: skep pool results " + pool.getString("id") + " --output out.jsonl";
    }
    String running = inputs.getInt("running") + " running";
    return running + waiting(inputs, pool) + left(inputs);
  }

  private static String waiting(JsonObject inputs, JsonObject pool) {
    if (!inputs.getBoolean("brought")) {
      return ", waiting for the file of inputs";
    }
    if (!pool.getString("state").equals("OPEN") || inputs.getInt("running") > 0) {
      return "";
    }
    return pool.getInt("slotsTaken") == 0 ? ", waiting for providers" : "";
  }

  private static String left(JsonObject inputs) {
    JsonValue seconds = inputs.get("secondsLeft");
    return seconds == null
        ? ""
        : ", about "
            + time(Duration.ofSeconds(inputs.getJsonNumber("secondsLeft").longValue()))
            + " left";
  }

  /** Such as {@code 2 h 05 min}, {@code 3 min 20 s} or {@code 9 s}. */
  static String time(Duration time) {
    if (time.toHours() > 0) {
      return "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + " s";
  }
}
