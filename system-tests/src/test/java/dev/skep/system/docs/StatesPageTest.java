package dev.skep.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Transitions;
import dev.skep.protocol.block.BlockState;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.slot.SlotState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/states.md} is generated from the transition tables. Run with {@code -Ddocs.write} to
 * write it anew.
 */
class StatesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "states.md");

  @Test
  void shouldShowTheTransitionTablesAsTheyAre() throws IOException {
    String page = generated();
    if (System.getProperty("docs.write") != null) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/states.md is stale: mvn test -Dtest=StatesPageTest -Ddocs.write")
        .isEqualTo(page);
  }

  private static String generated() {
    StringBuilder page =
        new StringBuilder("# States\n\nGenerated from the transition tables; do not edit.\n");
    tables()
        .forEach(
            (title, table) ->
                page.append("\n## %s\n\n```mermaid\n%s```\n".formatted(title, table.toMermaid())));
    return page.toString();
  }

  private static Map<String, Transitions<?>> tables() {
    Map<String, Transitions<?>> tables = new LinkedHashMap<>();
    tables.put("Job", JobState.TRANSITIONS);
    tables.put("Attempt", AttemptState.TRANSITIONS);
    tables.put("Pool", PoolState.TRANSITIONS);
    tables.put("Slot", SlotState.TRANSITIONS);
    tables.put("Block", BlockState.TRANSITIONS);
    return tables;
  }
}
