package dev.skep.persistence.jdbc;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One open transaction; ends with the work that got it. */
public final class Transaction {
  /** Reads one row. */
  public interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  private final Connection connection;

  Transaction(Connection connection) {
    this.connection = connection;
  }

  /** The number of rows changed. */
  public int change(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** One statement for many rows of parameters. */
  public void changeAll(String sql, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(new Row(rows)));
      }
    }
    return found;
  }

  public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    return list(sql, reader, parameters).stream().findFirst();
  }

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      bind(statement, parameters);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, plain(parameters[i]));
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof TokenAmount amount) {
      return new BigDecimal(amount.value());
    } else if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    } else if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    } else if (value instanceof Enum<?> word) {
      return word.name();
    } else if (value instanceof WalletAddress address) {
      return address.toString();
    }
    return value;
  }
}
