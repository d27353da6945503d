package dev.skep.queen.overview;

import dev.skep.protocol.slot.SlotState;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the taken slots of each pool stand, in words: {@code 2 warm, 1 paused}. */
@ApplicationScoped
public class SlotCounts {
  private record Count(String pool, SlotState state, long slots) {}

  @Inject Sql sql;

  Map<String, String> words() {
    Map<String, String> words = new HashMap<>();
    counts().forEach(count -> words.merge(count.pool(), word(count), (a, b) -> a + ", " + b));
    return words;
  }

  private List<Count> counts() {
    return sql.list(
        "select pool_id, state, count(*) as slots from slot where ended_at is null"
            + " group by pool_id, state order by slots desc, state",
        row ->
            new Count(
                row.text("pool_id"), SlotState.valueOf(row.text("state")), row.number("slots")));
  }

  private static String word(Count count) {
    return count.slots() + " " + count.state().name().toLowerCase(Locale.ROOT);
  }
}
