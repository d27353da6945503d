package dev.skep.queen.sql;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a result, read in our words. Methods without {@code find} expect a value. */
public final class Row {
  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  public String text(String column) throws SQLException {
    return need(results.getString(column), column);
  }

  public @Nullable String findText(String column) throws SQLException {
    return results.getString(column);
  }

  public UUID uuid(String column) throws SQLException {
    return need(results.getObject(column, UUID.class), column);
  }

  public @Nullable UUID findUuid(String column) throws SQLException {
    return results.getObject(column, UUID.class);
  }

  public byte[] bytes(String column) throws SQLException {
    return need(results.getBytes(column), column);
  }

  public byte @Nullable [] findBytes(String column) throws SQLException {
    return results.getBytes(column);
  }

  public WalletAddress address(String column) throws SQLException {
    return new WalletAddress(text(column));
  }

  /** An amount; an absent one is zero, as an empty sum is. */
  public TokenAmount amount(String column) throws SQLException {
    BigDecimal value = results.getBigDecimal(column);
    return value == null ? TokenAmount.ZERO : new TokenAmount(value.toBigIntegerExact());
  }

  public Instant instant(String column) throws SQLException {
    return need(findInstant(column), column);
  }

  public @Nullable Instant findInstant(String column) throws SQLException {
    OffsetDateTime time = results.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  public long number(String column) throws SQLException {
    return results.getLong(column);
  }

  public @Nullable Long findNumber(String column) throws SQLException {
    long value = results.getLong(column);
    return results.wasNull() ? null : value;
  }

  public double fraction(String column) throws SQLException {
    return results.getDouble(column);
  }

  public boolean flag(String column) throws SQLException {
    return results.getBoolean(column);
  }

  private static <T> T need(@Nullable T value, String column) {
    return Objects.requireNonNull(value, column);
  }
}
