package dev.skep.queen.dispatch.node;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.slot.SlotState;
import dev.skep.queen.dispatch.Dispatcher;
import dev.skep.queen.dispatch.JobLedger;
import dev.skep.queen.dispatch.Machine;
import dev.skep.queen.dispatch.PastAttempt;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what was open when the node stopped, and gives it back to the dispatcher. */
final class OpenRows {
  private static final String SLOTS =
      """
      select s.id, s.pool_id, s.provider, s.machine_id, s.state, coalesce(c.ip, '') as ip
      from slot s join pool p on p.id = s.pool_id and p.state <> 'CLOSED'
        left join connector_session c on c.id = s.session_id
      where s.ended_at is null
      """;
  private static final String JOBS =
      """
      select j.id, j.pool_id, j.client, j.state, j.copies, j.agree, j.reserved, j.created_at,
        j.queue_until, j.run_limit_ms, j.total_until, i.body
      from job j join job_input i on i.job_id = j.id
        join pool p on p.id = j.pool_id and p.state <> 'CLOSED'
      where j.node = ? and j.state in ('QUEUED', 'LEASED') order by j.id
      """;
  private static final String ATTEMPTS =
      """
      select a.*, coalesce(c.ip, '') as ip from attempt a
        left join connector_session c on c.id = a.session_id
      where a.job_id = ? order by a.number
      """;

  private final Sql sql;
  private final String node;

  OpenRows(Sql sql, String node) {
    this.sql = sql;
    this.node = node;
  }

  void restoreSlots(Dispatcher dispatcher) {
    for (Slot slot : sql.list(SLOTS, OpenRows::slot)) {
      dispatcher.restoreSlot(slot.id, slot.pool, slot.machine, slot.state);
    }
  }

  private record Slot(SlotId id, PoolId pool, Machine machine, SlotState state) {}

  private static Slot slot(Row row) throws SQLException {
    return new Slot(
        new SlotId(row.uuid("id")),
        new PoolId(row.uuid("pool_id")),
        machine(row),
        SlotState.valueOf(row.text("state")));
  }

  /** Gives all open jobs back; those the dispatcher knows are left alone. Returns how many. */
  int restoreJobs(Dispatcher dispatcher) {
    List<Job> jobs = sql.list(JOBS, OpenRows::job, node);
    int restored = 0;
    for (Job job : jobs) {
      if (dispatcher.find(job.head.id()).isEmpty() && isOpen(job.head.id())) {
        dispatcher.restoreJob(job.head, job.input, attempts(job.head.id()));
        restored++;
      }
    }
    return restored;
  }

  /** Asked again: the job may have ended between the list and the look into memory. */
  private boolean isOpen(JobId job) {
    return sql.first(
            "select state from job where id = ?", row -> JobState.valueOf(row.text("state")), job)
        .map(JobState::isOpen)
        .orElse(false);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Job(JobLedger.JobHead head, byte[] input) {}

  private static Job job(Row row) throws SQLException {
    JobLedger.Deadlines deadlines =
        new JobLedger.Deadlines(
            row.instant("created_at"),
            row.instant("queue_until"),
            (int) row.number("run_limit_ms"),
            row.instant("total_until"));
    JobLedger.JobHead head =
        new JobLedger.JobHead(
            new JobId(row.uuid("id")),
            new PoolId(row.uuid("pool_id")),
            row.address("client"),
            JobState.valueOf(row.text("state")),
            (int) row.number("copies"),
            (int) row.number("agree"),
            row.amount("reserved"),
            deadlines);
    return new Job(head, row.bytes("body"));
  }

  private List<PastAttempt> attempts(JobId job) {
    return sql.list(ATTEMPTS, OpenRows::attempt, job);
  }

  private static PastAttempt attempt(Row row) throws SQLException {
    Instant leasedAt = row.instant("leased_at");
    JobLedger.Lease lease =
        new JobLedger.Lease(
            new AttemptRef(new JobId(row.uuid("job_id")), (int) row.number("number")),
            new SlotId(row.uuid("slot_id")),
            machine(row),
            new SessionId(row.uuid("session_id")),
            leasedAt,
            row.instant("lease_until"),
            row.flag("own"));
    Long micros = row.findNumber("run_micros");
    return new PastAttempt(
        lease,
        AttemptState.valueOf(row.text("state")),
        micros == null ? 0 : micros,
        row.findBytes("result_sha256"),
        problem(row.findText("problem")));
  }

  private static Machine machine(Row row) throws SQLException {
    return new Machine(row.address("provider"), row.text("machine_id"), ip(row));
  }

  private static String ip(Row row) throws SQLException {
    return Objects.requireNonNullElse(row.findText("ip"), "");
  }

  private static @Nullable Problem problem(@Nullable String json) {
    return json == null
        ? null
        : Problem.fromJson(JsonBody.object(json.getBytes(StandardCharsets.UTF_8)));
  }
}
