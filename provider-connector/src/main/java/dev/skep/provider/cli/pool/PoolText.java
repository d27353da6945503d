package dev.skep.provider.cli.pool;

import dev.skep.protocol.release.Software;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.cli.Table;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pools as people read them. */
final class PoolText {
  private PoolText() {}

  static List<String> list(JsonArray pools) {
    Table table = new Table().row("POOL", "STATE", "SLOTS", "PRICE/JOB", "/SECOND", "LEFT", "NAME");
    for (JsonObject pool : pools.getValuesAs(JsonObject.class)) {
      table.row(
          Answers.text(pool, "id"),
          Answers.text(pool, "state"),
          Answers.text(pool, "slotsTaken") + "/" + Answers.text(pool, "slotLimit"),
          price(pool, "perJob"),
          price(pool, "perSecond"),
          amount(Answers.text(pool, "available")),
          Answers.text(pool, "name"));
    }
    return table.lines();
  }

  static List<String> show(JsonObject pool) {
    Table facts = new Table();
    facts.row("pool", Answers.text(pool, "id"));
    facts.row("name", Answers.text(pool, "name"));
    facts.row("state", Answers.text(pool, "state") + " " + Answers.text(pool, "stateReason"));
    facts.row("owner", Answers.text(pool, "owner"));
    facts.row("url", Answers.text(pool, "poolUrl"));
    facts.row("price", RunPrice.of(pool).tellOne());
    facts.row("deposited", amount(Answers.text(pool, "deposited")));
    facts.row("spent", amount(Answers.text(pool, "spent")));
    facts.row("reserved", amount(Answers.text(pool, "reserved")));
    if (pool.get("spec") instanceof JsonObject spec) {
      DefinitionText.rows(facts, spec);
    }
    List<String> lines = new ArrayList<>(facts.lines());
    lines.add("");
    lines.addAll(slots(pool));
    return lines;
  }

  private static List<String> slots(JsonObject pool) {
    Table table =
        new Table().row("SLOT", "STATE", "PROVIDER", "CONTAINER", "JOBS", "VERSION", "PROBLEM");
    if (pool.get("slots") instanceof JsonArray slots) {
      for (JsonObject slot : slots.getValuesAs(JsonObject.class)) {
        String container = Answers.text(slot, "containerId");
        table.row(
            Answers.text(slot, "ordinal"),
            Answers.text(slot, "state"),
            Answers.text(slot, "provider"),
            container.substring(0, Math.min(12, container.length())),
            Answers.text(slot, "jobsDone"),
            version(slot),
            problem(slot.get("problem")));
      }
    }
    return table.lines();
  }

  /** The connector's version, with what the queen has to say about it. */
  private static String version(JsonObject slot) {
    String version =
        Software.parse(Answers.text(slot, "software")).map(s -> s.version().toString()).orElse("");
    return switch (Answers.text(slot, "standing")) {
      case "update-advised" -> version + " (update advised)";
      case "update-required" -> version + " (update to get jobs)";
      default -> version;
    };
  }

  private static String problem(@Nullable JsonValue problem) {
    return problem instanceof JsonObject json ? Answers.text(json, "detail") : "";
  }

  private static String price(JsonObject pool, String of) {
    return pool.get("price") instanceof JsonObject price ? amount(Answers.text(price, of)) : "";
  }

  static String amount(String smallestUnits) {
    return smallestUnits.isEmpty() ? "" : TokenAmount.parse(smallestUnits).toHuman();
  }
}
