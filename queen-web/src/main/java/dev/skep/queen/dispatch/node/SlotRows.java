package dev.skep.queen.dispatch.node;

import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.queen.dispatch.SlotRecords;
import dev.skep.queen.sql.Sql;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/** Slot states on the way to their rows; written by a timer, in the order they came. */
final class SlotRows implements SlotRecords {
  private static final String UPDATE =
      """
      update slot set state = ?, session_id = coalesce(?, session_id),
        container_id = case when ? then null else coalesce(?, container_id) end, problem = ?,
        ended_at = case when ? then now() end
      where id = ? and ended_at is null
      """;

  private final Sql sql;
  private final LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();

  SlotRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void changed(Change change) {
    changes.add(change);
  }

  /** Writes what waits; what fails stays first in line. */
  synchronized void flush() {
    for (Change change = changes.peek(); change != null; change = changes.peek()) {
      write(change);
      changes.remove();
    }
  }

  void countJobs(Map<SlotId, Long> done) {
    done.forEach(
        (slot, jobs) ->
            sql.change("update slot set jobs_done = jobs_done + ? where id = ?", jobs, slot));
  }

  private void write(Change change) {
    boolean empty = change.state() == SlotState.LOADING || change.state() == SlotState.COLD;
    sql.change(
        UPDATE,
        change.state(),
        change.session(),
        empty,
        change.containerId(),
        change.problem() == null ? null : change.problem().toJson().toString(),
        change.state().isOver(),
        change.slot());
  }
}
