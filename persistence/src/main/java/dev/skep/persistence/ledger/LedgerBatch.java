package dev.skep.persistence.ledger;

import dev.skep.protocol.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The row writes of one group, kept per statement and sent as JDBC batches in the order of {@link
 * Write}: new rows first, then changes in the order they were decided.
 */
final class LedgerBatch {
  /**
   * Inserts say "do nothing" on conflict, because a group whose commit got lost on the way is sent
   * again. Updates ask for {@code ended_at}, not for the state: the planner would take the index of
   * open rows, which looks empty to its statistics and is full of dead entries.
   */
  enum Write {
    JOB(
        "insert into job (id, pool_id, client, node, state, copies, agree, reserved, queue_until, run_limit_ms,"
            + " total_until) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing"),
    INPUT("insert into job_input (job_id, body) values (?, ?) on conflict do nothing"),
    ATTEMPT(
        "insert into attempt (job_id, number, slot_id, provider, machine_id, session_id, state, lease_until, own)"
            + " values (?, ?, ?, ?, ?, ?, 'LEASED', ?, ?) on conflict do nothing"),
    ATTEMPT_END(
        "update attempt set state = ?, ended_at = now(), run_micros = ?, result_sha256 = ?, problem = ?"
            + " where job_id = ? and number = ? and ended_at is null"),
    JOB_STATE("update job set state = ? where id = ? and ended_at is null"),
    JOB_END(
        "update job set state = ?, ended_at = now(), problem = ? where id = ? and ended_at is null"),
    RECEIPT(
        "insert into receipt (job_id, attempt, pool_id, provider, amount, result_sha256)"
            + " values (?, ?, ?, ?, ?, ?) on conflict do nothing"),
    OUTPUT("insert into job_output (job_id, body, sha256) values (?, ?, ?) on conflict do nothing"),
    LOG(
        "insert into job_log (job_id, attempt, body, truncated) values (?, ?, ?, ?) on conflict do nothing");

    private final String sql;

    Write(String sql) {
      this.sql = sql;
    }
  }

  /** Sets the parameters of one row. */
  interface Row {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private final Map<Write, List<Row>> rows = new EnumMap<>(Write.class);

  void add(Write write, Row row) {
    rows.computeIfAbsent(write, any -> new ArrayList<>()).add(row);
  }

  void send(Connection connection) throws SQLException {
    for (Map.Entry<Write, List<Row>> entry : rows.entrySet()) {
      try (PreparedStatement statement = connection.prepareStatement(entry.getKey().sql)) {
        for (Row row : entry.getValue()) {
          row.bind(statement);
          statement.addBatch();
        }
        execute(statement);
      }
    }
  }

  /** The driver asserts when the database dies between the batch and its answer. */
  private static void execute(PreparedStatement statement) throws SQLException {
    try {
      statement.executeBatch();
    } catch (AssertionError e) {
      throw new SQLException("the connection broke while a batch was answered", "08006", e);
    }
  }

  static @Nullable String json(@Nullable Problem problem) {
    return problem == null ? null : problem.toJson().toString();
  }
}
