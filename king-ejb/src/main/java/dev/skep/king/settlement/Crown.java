package dev.skep.king.settlement;

import dev.skep.persistence.DatabaseProblem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * One king works at a time: the crown is a lock inside a transaction, so that it falls when its
 * bearer dies. Should a broken connection drop it early, the nonce row and the unique keys still
 * let only one of two win.
 */
final class Crown {
  private static final String TRY = "select pg_try_advisory_xact_lock(hashtext('skep king'))";

  private final DataSource source;

  Crown(DataSource source) {
    this.source = source;
  }

  /** Runs the work if no other king works now; returns whether it ran. */
  boolean wear(Runnable work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      boolean won = take(connection);
      try {
        if (won) {
          work.run();
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      return won;
    } catch (SQLException e) {
      throw DatabaseProblem.of("the king's lock failed", e);
    }
  }

  private static boolean take(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TRY);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
