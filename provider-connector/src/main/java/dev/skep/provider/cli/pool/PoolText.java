package dev.skep.provider.cli.pool;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.cli.Table;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

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
    InputsText.rows(facts, pool);
    if (pool.get("spec") instanceof JsonObject spec) {
      DefinitionText.rows(facts, spec);
    }
    List<String> lines = new ArrayList<>(facts.lines());
    lines.add("");
    lines.addAll(SlotText.lines(pool));
    return lines;
  }

  private static String price(JsonObject pool, String of) {
    return pool.get("price") instanceof JsonObject price ? amount(Answers.text(price, of)) : "";
  }

  static String amount(String smallestUnits) {
    return smallestUnits.isEmpty() ? "" : TokenAmount.parse(smallestUnits).toHuman();
  }
}
