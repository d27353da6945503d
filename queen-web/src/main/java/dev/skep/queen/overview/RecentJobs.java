package dev.skep.queen.overview;

import dev.skep.protocol.job.JobState;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest jobs without what is in them: strangers may see that work is done, not which. */
@ApplicationScoped
public class RecentJobs {
  @Inject Sql sql;

  /** A job in one line. */
  public record Line(
      String pool,
      String poolName,
      JobState state,
      Instant createdAt,
      @Nullable Instant endedAt,
      int attempts) {}

  List<Line> newest(int limit) {
    return sql.list(
        "select j.pool_id, p.name, j.state, j.created_at, j.ended_at,"
            + " (select count(*) from attempt a where a.job_id = j.id) as attempts"
            + " from job j join pool p on p.id = j.pool_id order by j.id desc limit ?",
        row ->
            new Line(
                row.text("pool_id"),
                row.text("name"),
                JobState.valueOf(row.text("state")),
                row.instant("created_at"),
                row.findInstant("ended_at"),
                (int) row.number("attempts")),
        limit);
  }
}
