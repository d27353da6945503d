package dev.skep.provider.cli.connector;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.control.ControlFiles;
import dev.skep.provider.control.Wish;
import dev.skep.provider.home.OneConnector;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the commands have in common: they find the running connector and await its answer. */
abstract class Steer extends Command {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Map<String, String> WORDS =
      Map.of(
          "machine-busy", "paused: the machine is busy (when-idle in limits.yml)",
          "outside-hours", "paused: outside its hours (hours in limits.yml)",
          "paused", "paused: by its owner (skep connector resume)");

  final ControlFiles files() {
    return new ControlFiles(counter().home(), counter().wallet().address());
  }

  /** A connector that was killed leaves its last words behind, but not its lock. */
  final JsonObject state() {
    try (OneConnector nobody = OneConnector.of(counter().home(), counter().wallet().address())) {
      throw SkepException.of("connector-absent", 409)
          .fault(Fault.CALLER)
          .because("no connector of this wallet runs on this machine")
          .hint("Start one: skep pool join POOL_ID (SKEP_HOME tells which wallet is meant).");
    } catch (SkepException e) {
      if (!e.code().equals("connector-running")) {
        throw e;
      }
      return files().state().orElse(JsonValue.EMPTY_JSON_OBJECT);
    }
  }

  /** Says the wish and prints the state in which it is followed. */
  final int steer(Wish wish, Predicate<String> followed) throws InterruptedException {
    state();
    files().wish(wish);
    JsonObject now =
        counter()
            .patience(PATIENCE)
            .await(
                "the connector",
                () -> files().state().filter(told -> followed.test(told.getString("state", ""))));
    print().answer(now, lines(now));
    return ExitCode.OK;
  }

  static List<String> lines(JsonObject state) {
    List<String> lines = new ArrayList<>();
    String word = state.getString("state", "starting");
    lines.add(WORDS.getOrDefault(word, word) + ", pool " + state.getString("pool", "none yet"));
    if (state.containsKey("slots")) {
      for (JsonObject slot : state.getJsonArray("slots").getValuesAs(JsonObject.class)) {
        String frozen = slot.getBoolean("frozen", false) ? " (frozen)" : "";
        String problem = slot.containsKey("problem") ? ", " + slot.getString("problem") : "";
        lines.add(
            "  slot %s%s, %d jobs%s"
                .formatted(slot.getString("state"), frozen, slot.getInt("jobs"), problem));
      }
    }
    return lines;
  }
}
