package dev.skep.persistence.jdbc;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row a query stands on; columns by name. Reading a null where none may be throws. */
public final class Row {
  private final ResultSet rows;

  Row(ResultSet rows) {
    this.rows = rows;
  }

  public String text(String column) throws SQLException {
    return present(column, rows.getString(column));
  }

  public @Nullable String findText(String column) throws SQLException {
    return rows.getString(column);
  }

  public long number(String column) throws SQLException {
    return present(column, findNumber(column));
  }

  public @Nullable Long findNumber(String column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : value;
  }

  public boolean flag(String column) throws SQLException {
    return rows.getBoolean(column);
  }

  public UUID uuid(String column) throws SQLException {
    return present(column, rows.getObject(column, UUID.class));
  }

  public byte[] bytes(String column) throws SQLException {
    return present(column, rows.getBytes(column));
  }

  public byte @Nullable [] findBytes(String column) throws SQLException {
    return rows.getBytes(column);
  }

  public BigInteger integer(String column) throws SQLException {
    BigDecimal value = present(column, rows.getBigDecimal(column));
    return value.toBigIntegerExact();
  }

  public TokenAmount amount(String column) throws SQLException {
    return new TokenAmount(integer(column));
  }

  public WalletAddress address(String column) throws SQLException {
    return new WalletAddress(text(column));
  }

  public @Nullable Instant findInstant(String column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static <T> T present(String column, @Nullable T value) throws SQLException {
    if (value == null) {
      throw new SQLException("column " + column + " is null");
    }
    return value;
  }
}
