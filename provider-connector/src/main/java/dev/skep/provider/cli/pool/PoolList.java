package dev.skep.provider.cli.pool;

import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.queen.Answers;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "list",
    description = "Show the queen's pools, newest first, 500 at most.",
    footer = {
      "",
      "Examples:",
      "  skep pool list --state open --free    where a connector could join",
      "  skep pool list --mine",
      "  skep pool list --name translate --json",
      "",
      "Which of them fit this machine, and what they pay here: skep evaluate."
    })
public final class PoolList extends Command {
  @Option(
      names = "--state",
      description = "Only those: opening, open, paused, completed, closing or closed.")
  @Nullable String state;

  @Option(names = "--mine", description = "Only those of this wallet.")
  boolean mine;

  @Option(names = "--free", description = "Only those with free slots.")
  boolean free;

  @Option(names = "--name", paramLabel = "TEXT", description = "Only those whose name contains it.")
  String name = "";

  @Override
  protected int run() {
    String query = "?limit=500";
    if (state != null) {
      query += "&state=" + state.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    }
    if (mine) {
      query += "&owner=" + counter().wallet().address();
    }
    JsonArrayBuilder chosen = Json.createArrayBuilder();
    counter().queen().get("/api/pools" + query).list("pools").getValuesAs(JsonObject.class).stream()
        .filter(this::isWanted)
        .forEach(chosen::add);
    JsonArray pools = chosen.build();
    print().answer(pools, PoolText.list(pools));
    return ExitCode.OK;
  }

  private boolean isWanted(JsonObject pool) {
    boolean named =
        Answers.text(pool, "name").toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    return named
        && (!free || Answers.number(pool, "slotsTaken") < Answers.number(pool, "slotLimit"));
  }
}
