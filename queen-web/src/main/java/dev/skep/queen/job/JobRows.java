package dev.skep.queen.job;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs as rows, for those who look at them. */
@ApplicationScoped
public class JobRows {
  private static final String JOB =
      """
      select j.id, j.pool_id, j.client, p.owner, j.state, j.created_at, j.ended_at, j.problem, j.reserved,
        (select coalesce(sum(r.amount), 0) from receipt r where r.job_id = j.id) as cost
      from job j join pool p on p.id = j.pool_id
      """;

  @Inject Sql sql;

  /** A job with what was reserved for it and what it cost so far. */
  record JobRow(
      JobId id,
      PoolId pool,
      WalletAddress client,
      WalletAddress owner,
      JobState state,
      Instant createdAt,
      @Nullable Instant endedAt,
      @Nullable Problem problem,
      TokenAmount reserved,
      TokenAmount cost) {}

  /** One attempt. */
  record AttemptRow(
      int number,
      WalletAddress provider,
      UUID slot,
      String state,
      @Nullable Long runMicros,
      byte @Nullable [] sha256,
      @Nullable Problem problem,
      boolean own) {}

  /** One receipt with the block that settled it. */
  record ReceiptRow(
      int attempt,
      WalletAddress provider,
      TokenAmount amount,
      @Nullable Long block,
      @Nullable String blockState) {}

  /** What the code of one attempt printed. */
  record LogRow(int attempt, String text, boolean truncated) {}

  /** The job a client's key made. */
  @SuppressWarnings("ArrayRecordComponent")
  record KeyRow(JobId job, byte[] requestSha256) {}

  Optional<JobRow> find(JobId id) {
    return sql.first(JOB + " where j.id = ?", JobRows::job, id);
  }

  /** The caller's jobs, as client or as owner of the pool; newest first. */
  List<JobRow> list(WalletAddress caller, JobFilter filter) {
    return sql.list(
        JOB
            + " where (j.client = ? or p.owner = ?) and (? or j.pool_id = ?) and (? or j.state = ?)"
            + " order by j.id desc limit ?",
        JobRows::job,
        caller,
        caller,
        filter.pool() == null,
        filter.pool() == null ? new UUID(0, 0) : filter.pool(),
        filter.state() == null,
        filter.state() == null ? "" : filter.state(),
        filter.limit());
  }

  private static JobRow job(Row row) throws SQLException {
    return new JobRow(
        new JobId(row.uuid("id")),
        new PoolId(row.uuid("pool_id")),
        row.address("client"),
        row.address("owner"),
        JobState.valueOf(row.text("state")),
        row.instant("created_at"),
        row.findInstant("ended_at"),
        problem(row),
        row.amount("reserved"),
        row.amount("cost"));
  }

  List<AttemptRow> attempts(JobId id) {
    return sql.list(
        "select * from attempt where job_id = ? order by number",
        row ->
            new AttemptRow(
                (int) row.number("number"),
                row.address("provider"),
                row.uuid("slot_id"),
                row.text("state"),
                row.findNumber("run_micros"),
                row.findBytes("result_sha256"),
                problem(row),
                row.flag("own")),
        id);
  }

  List<ReceiptRow> receipts(JobId id) {
    return sql.list(
        "select r.attempt, r.provider, r.amount, r.block_number, b.state from receipt r"
            + " left join block b on b.number = r.block_number where r.job_id = ? order by r.attempt",
        row ->
            new ReceiptRow(
                (int) row.number("attempt"),
                row.address("provider"),
                row.amount("amount"),
                row.findNumber("block_number"),
                row.findText("state")),
        id);
  }

  Optional<byte[]> output(JobId id) {
    return sql.first("select body from job_output where job_id = ?", row -> row.bytes("body"), id);
  }

  List<LogRow> logs(JobId id) {
    return sql.list(
        "select attempt, body, truncated from job_log where job_id = ? order by attempt",
        row -> new LogRow((int) row.number("attempt"), row.text("body"), row.flag("truncated")),
        id);
  }

  Optional<KeyRow> key(PoolId pool, WalletAddress client, String key) {
    return sql.first(
        "select job_id, request_sha256 from idempotency where pool_id = ? and client = ? and key = ?",
        row -> new KeyRow(new JobId(row.uuid("job_id")), row.bytes("request_sha256")),
        pool,
        client,
        key);
  }

  private static @Nullable Problem problem(Row row) throws SQLException {
    String json = row.findText("problem");
    return json == null
        ? null
        : Problem.fromJson(JsonBody.object(json.getBytes(StandardCharsets.UTF_8)));
  }
}
