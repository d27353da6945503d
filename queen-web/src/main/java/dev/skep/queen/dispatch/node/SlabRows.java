package dev.skep.queen.dispatch.node;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Shares of deposits: a quarter of the deposit or a hundred jobs' worth, whichever is more, as long
 * as there is a rest. The pool's row is locked meanwhile, so that nodes never grant it twice.
 */
final class SlabRows implements Slabs {
  private static final String REST =
      """
      select p.deposited, p.max_per_job, p.withdraw_requested from pool p where p.id = ? for update
      """;
  private static final String GRANTED =
      "select coalesce(sum(granted), 0), coalesce(sum(granted) filter (where node = ?), 0)"
          + " from budget_slab where pool_id = ?";
  private static final String GRANT =
      """
      insert into budget_slab (pool_id, node, granted) values (?, ?, ?)
      on conflict (pool_id, node) do update
        set granted = budget_slab.granted + excluded.granted, version = budget_slab.version + 1
      """;

  private final DataSource source;
  private final String node;

  SlabRows(DataSource source, String node) {
    this.source = source;
    this.node = node;
  }

  private record Granted(BigInteger all, BigInteger ours) {}

  @Override
  public TokenAmount granted(PoolId pool) {
    try (Connection connection = source.getConnection()) {
      return new TokenAmount(granted(connection, pool).ours);
    } catch (SQLException e) {
      throw failed(pool, e);
    }
  }

  @Override
  public TokenAmount take(PoolId pool) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        TokenAmount total = take(connection, pool);
        connection.commit();
        return total;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(pool, e);
    }
  }

  private TokenAmount take(Connection connection, PoolId pool) throws SQLException {
    BigInteger wish;
    BigInteger deposited;
    try (PreparedStatement statement = connection.prepareStatement(REST)) {
      statement.setObject(1, pool.value());
      try (ResultSet row = statement.executeQuery()) {
        boolean gives = row.next() && !row.getBoolean(3);
        deposited = gives ? row.getBigDecimal(1).toBigIntegerExact() : BigInteger.ZERO;
        BigInteger hundred =
            gives
                ? row.getBigDecimal(2).toBigIntegerExact().multiply(BigInteger.valueOf(100))
                : BigInteger.ZERO;
        wish = deposited.shiftRight(2).max(hundred);
      }
    }
    Granted granted = granted(connection, pool);
    BigInteger share = wish.min(deposited.subtract(granted.all)).max(BigInteger.ZERO);
    if (share.signum() > 0) {
      grant(connection, pool, share);
    }
    return new TokenAmount(granted.ours.add(share));
  }

  private Granted granted(Connection connection, PoolId pool) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GRANTED)) {
      statement.setString(1, node);
      statement.setObject(2, pool.value());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Granted(
            row.getBigDecimal(1).toBigIntegerExact(), row.getBigDecimal(2).toBigIntegerExact());
      }
    }
  }

  private void grant(Connection connection, PoolId pool, BigInteger share) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GRANT)) {
      statement.setObject(1, pool.value());
      statement.setString(2, node);
      statement.setBigDecimal(3, new BigDecimal(share));
      statement.executeUpdate();
    }
  }

  private static SkepException failed(PoolId pool, SQLException e) {
    return SkepException.of("database-unavailable", 503)
        .because("the budget of pool " + pool + " could not be read")
        .hint("Try again in a moment.")
        .causedBy(e);
  }
}
