package dev.skep.queen.finite;

import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of inputs, as rows. */
@ApplicationScoped
class ResultRows {
  private static final String PAGE =
      """
      select i.number, i.job_id, j.ended_at, j.problem, o.body from finite_input i
        join finite_pool f on f.pool_id = i.pool_id
        join job j on j.id = i.job_id left join job_output o on o.job_id = i.job_id
      where i.pool_id = ? and i.number >= ? and i.number <= f.ended_until
      order by i.number limit ?
      """;

  @Inject Sql sql;

  /**
   * One input's end.
   *
   * @param problem the stored problem of a job that did not complete
   * @param output of one that did, while it is kept
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes that are passed on, never compared
  record Result(
      int number, JobId job, Instant endedAt, @Nullable String problem, byte @Nullable [] output) {}

  /** Ends from an input on, in order and without a gap. */
  List<Result> page(PoolId pool, int from, int limit) {
    return sql.list(PAGE, ResultRows::result, pool, from, limit);
  }

  private static Result result(Row row) throws SQLException {
    return new Result(
        (int) row.number("number"),
        new JobId(row.uuid("job_id")),
        row.instant("ended_at"),
        row.findText("problem"),
        row.findBytes("body"));
  }

  /** Which job an input became is forgotten with what came of it. */
  void forget(int days) {
    sql.change(
        "delete from finite_input i using pool p where p.id = i.pool_id and p.state = 'CLOSED'"
            + " and p.closed_at < now() - make_interval(days => ?)",
        days);
  }
}
