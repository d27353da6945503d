package dev.skep.persistence.ledger;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The states of a group's jobs and attempts: read and locked once, then changed in memory as the
 * group is applied.
 */
final class LedgerRows {
  private static final String LOCK_JOBS =
      "select id, state from job where id = any(?) order by id for update";
  private static final String READ_ATTEMPTS =
      "select job_id, number, state from attempt where job_id = any(?)";

  private final Map<JobId, JobState> jobs = new HashMap<>();
  private final Map<AttemptRef, AttemptState> attempts = new HashMap<>();

  void load(Connection connection, Collection<JobId> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    Array array = connection.createArrayOf("uuid", ids.stream().map(JobId::value).toArray());
    query(
        connection,
        LOCK_JOBS,
        array,
        row -> jobs.put(job(row), JobState.valueOf(row.getString(2))));
    query(
        connection,
        READ_ATTEMPTS,
        array,
        row ->
            attempts.put(
                new AttemptRef(job(row), row.getInt(2)), AttemptState.valueOf(row.getString(3))));
  }

  @Nullable JobState job(JobId id) {
    return jobs.get(id);
  }

  @Nullable AttemptState attempt(AttemptRef ref) {
    return attempts.get(ref);
  }

  void set(JobId id, JobState state) {
    jobs.put(id, state);
  }

  void set(AttemptRef ref, AttemptState state) {
    attempts.put(ref, state);
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void query(Connection connection, String sql, Array ids, RowReader reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ids);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }

  private static JobId job(ResultSet row) throws SQLException {
    return new JobId(row.getObject(1, UUID.class));
  }
}
