package dev.skep.provider.cli.pool;

import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import jakarta.json.JsonArray;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "list",
    description = "Show the queen's pools.",
    footer = {"", "Example:", "  skep pool list --state open --mine"})
public final class PoolList extends Command {
  @Option(
      names = "--state",
      description = "Only those: opening, open, paused, completed, closing or closed.")
  @Nullable String state;

  @Option(names = "--mine", description = "Only those of this wallet.")
  boolean mine;

  @Override
  protected int run() {
    String query = "?limit=500";
    if (state != null) {
      query += "&state=" + state.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    }
    if (mine) {
      query += "&owner=" + counter().wallet().address();
    }
    JsonArray pools = counter().queen().get("/api/pools" + query).list("pools");
    print().answer(pools, PoolText.list(pools));
    return ExitCode.OK;
  }
}
