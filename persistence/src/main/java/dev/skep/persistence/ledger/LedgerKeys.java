package dev.skep.persistence.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes the idempotency keys of a group in one statement; a key belongs to the first job that named
 * it.
 */
final class LedgerKeys {
  private static final String TAKE =
      "insert into idempotency (pool_id, client, key, job_id, request_sha256)"
          + " select * from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::bytea[])"
          + " on conflict (pool_id, client, key) do update set key = excluded.key returning job_id";

  private final Set<UUID> owners = new HashSet<>();

  /**
   * Two jobs of one group with the same key are refused by the database; taken apart, the second
   * one learns it.
   */
  void take(Connection connection, List<AcceptedJob> jobs) throws SQLException {
    List<AcceptedJob> keyed = jobs.stream().filter(job -> job.idempotency() != null).toList();
    if (keyed.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      set(statement, 1, "uuid", keyed, job -> job.pool().value());
      set(statement, 2, "text", keyed, job -> job.client().toString());
      set(statement, 3, "text", keyed, job -> key(job).key());
      set(statement, 4, "uuid", keyed, job -> job.id().value());
      set(statement, 5, "bytea", keyed, job -> key(job).requestSha256());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          owners.add(rows.getObject(1, UUID.class));
        }
      }
    }
  }

  boolean mayWrite(AcceptedJob job) {
    return job.idempotency() == null || owners.contains(job.id().value());
  }

  private static IdempotencyKey key(AcceptedJob job) {
    return Objects.requireNonNull(job.idempotency());
  }

  private static void set(
      PreparedStatement statement,
      int index,
      String type,
      List<AcceptedJob> jobs,
      Function<AcceptedJob, Object> column)
      throws SQLException {
    Object[] values =
        jobs.stream().map(column).toArray(type.equals("bytea") ? byte[][]::new : Object[]::new);
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }
}
