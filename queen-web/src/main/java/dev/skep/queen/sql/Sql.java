package dev.skep.queen.sql;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs one statement on the data source of the surrounding transaction, or on its own when there is
 * none. Arguments may be ids, amounts, addresses, instants, bytes and what JDBC takes. Thread-safe.
 *
 * <p>A lost connection is {@code database-unavailable} (503, retryable); any other failure is a
 * programming error and stays unexpected.
 */
@ApplicationScoped
public class Sql {
  /** Reads the current row. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  @FunctionalInterface
  private interface Use<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  @Resource(lookup = "jdbc/skep")
  DataSource source;

  public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... arguments) {
    return run(sql, statement -> readAll(statement, reader), arguments);
  }

  public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... arguments) {
    return list(sql, reader, arguments).stream().findFirst();
  }

  /** The number of rows changed. */
  public int change(String sql, @Nullable Object... arguments) {
    return run(sql, PreparedStatement::executeUpdate, arguments);
  }

  private <T> T run(String sql, Use<T> use, @Nullable Object[] arguments) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, Arguments.toJdbc(arguments[i]));
      }
      return use.with(statement);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static <T> List<T> readAll(PreparedStatement statement, Reader<T> reader)
      throws SQLException {
    try (ResultSet results = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      Row row = new Row(results);
      while (results.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    }
  }

  private static RuntimeException failure(SQLException e) {
    String state = e.getSQLState();
    boolean lost = state == null || state.startsWith("08") || state.startsWith("57");
    if (!lost) {
      return new IllegalStateException("SQL state " + state, e);
    }
    return SkepException.of("database-unavailable", 503)
        .fault(Fault.PLATFORM)
        .because("The queen cannot reach her database.")
        .hint("Try again in a moment.")
        .causedBy(e);
  }
}
