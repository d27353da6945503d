package dev.skep.persistence.jdbc;

import dev.skep.persistence.DatabaseProblem;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in transactions of its own; needs a data source outside of JTA. */
public final class Database {
  /** Work that is committed when it returns and rolled back when it throws. */
  public interface Work<T> {
    T run(Transaction transaction) throws SQLException;
  }

  /** Work without a result. */
  public interface Task {
    void run(Transaction transaction) throws SQLException;
  }

  private final DataSource source;

  public Database(DataSource source) {
    this.source = source;
  }

  /**
   * Commits what the task did; {@link dev.skep.protocol.SkepException} when the database is away or
   * refuses.
   */
  public void run(Task task) {
    call(
        transaction -> {
          task.run(transaction);
          return true;
        });
  }

  public <T> T call(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      return call(connection, work);
    } catch (SQLException e) {
      throw DatabaseProblem.of("a transaction failed", e);
    }
  }

  /** A pooled connection must not be given back with half a transaction on it. */
  private static <T> T call(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      T result = work.run(new Transaction(connection));
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }
}
