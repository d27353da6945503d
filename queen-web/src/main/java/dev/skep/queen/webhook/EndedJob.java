package dev.skep.queen.webhook;

import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.sql.Row;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as the timer meets it.
 *
 * @param endedAt null while it is open
 * @param problem a problem's JSON
 */
record EndedJob(
    JobId id,
    PoolId pool,
    JobState state,
    Instant createdAt,
    @Nullable Instant endedAt,
    TokenAmount cost,
    @Nullable String problem) {
  /** What {@link #read} needs. */
  static final String COLUMNS =
      "select j.id, j.pool_id, j.state, j.created_at, j.ended_at, j.problem,"
          + " (select coalesce(sum(r.amount), 0) from receipt r where r.job_id = j.id) as cost";

  static EndedJob read(Row row) throws SQLException {
    return new EndedJob(
        new JobId(row.uuid("id")),
        new PoolId(row.uuid("pool_id")),
        JobState.valueOf(row.text("state")),
        row.instant("created_at"),
        row.findInstant("ended_at"),
        row.amount("cost"),
        row.findText("problem"));
  }
}
