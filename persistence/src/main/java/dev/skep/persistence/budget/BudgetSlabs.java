package dev.skep.persistence.budget;

import dev.skep.persistence.DatabaseProblem;
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
 * What each node may spend of a pool's deposit. A slab is taken rarely, under the pool's row lock,
 * and spent in the node's memory; all slabs of a pool together never exceed its deposit. After a
 * crash the node reads back what it had used from open jobs and receipts. Needs a data source
 * outside of JTA.
 */
public final class BudgetSlabs {
  private static final String POOL =
      "select deposited, max_per_job, state = 'OPEN' and not withdraw_requested from pool where id = ? for update";
  private static final String GRANTED =
      "select coalesce(sum(granted), 0), coalesce(sum(granted) filter (where node = ?), 0) from budget_slab where pool_id = ?";
  private static final String GRANT =
      "insert into budget_slab (pool_id, node, granted) values (?, ?, ?) on conflict (pool_id, node)"
          + " do update set granted = excluded.granted, version = budget_slab.version + 1";
  private static final String STANDING =
      """
      select coalesce((select granted from budget_slab where pool_id = ? and node = ?), 0),
        coalesce((select sum(r.amount) from receipt r join job j on j.id = r.job_id
          where r.pool_id = ? and j.pool_id = r.pool_id and j.node = ? and j.state not in ('QUEUED', 'LEASED')), 0),
        coalesce((select sum(j.reserved) from job j
          where j.pool_id = ? and j.node = ? and j.state in ('QUEUED', 'LEASED')), 0)
      """;

  private final DataSource source;

  public BudgetSlabs(DataSource source) {
    this.source = source;
  }

  /**
   * A node's use of a pool as the rows have it.
   *
   * @param granted its slab, over all time
   * @param spent receipts of its ended jobs
   * @param reserved what its open jobs hold
   */
  public record Standing(TokenAmount granted, TokenAmount spent, TokenAmount reserved) {}

  /**
   * Reads a node's standing; exact while the node's ledger writer has nothing in flight, as at its
   * start.
   */
  public Standing standing(PoolId pool, String node) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(STANDING)) {
      for (int i = 0; i < 3; i++) {
        statement.setObject(2 * i + 1, pool.value());
        statement.setString(2 * i + 2, node);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Standing(amount(row, 1), amount(row, 2), amount(row, 3));
      }
    } catch (SQLException e) {
      throw DatabaseProblem.of("a budget could not be read", e);
    }
  }

  /**
   * Enlarges the node's slab so that it covers {@code needed} if the deposit allows; takes a good
   * piece more, so that it is asked rarely. Returns the slab afterwards, which may be the old one:
   * then the budget is exhausted.
   *
   * @param needed everything the node has spent and reserved, with the new reservation
   */
  public TokenAmount enlarge(PoolId pool, String node, TokenAmount needed) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        TokenAmount granted = enlarge(connection, pool, node, needed);
        connection.commit();
        return granted;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw DatabaseProblem.of("a budget could not be enlarged", e);
    }
  }

  private static TokenAmount enlarge(
      Connection connection, PoolId pool, String node, TokenAmount needed) throws SQLException {
    BigInteger deposited;
    BigInteger maxPerJob;
    boolean open;
    try (PreparedStatement statement = connection.prepareStatement(POOL)) {
      statement.setObject(1, pool.value());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw SkepException.of("pool-not-found", 404).because("there is no pool " + pool);
        }
        deposited = amount(row, 1).value();
        maxPerJob = amount(row, 2).value();
        open = row.getBoolean(3);
      }
    }
    BigInteger[] granted = granted(connection, pool, node);
    BigInteger piece = maxPerJob.multiply(BigInteger.valueOf(100)).max(deposited.shiftRight(2));
    BigInteger wanted = piece.max(needed.value().subtract(granted[1]));
    BigInteger given = wanted.min(deposited.subtract(granted[0])).max(BigInteger.ZERO);
    if (!open || given.signum() == 0 || needed.value().compareTo(granted[1]) <= 0) {
      return new TokenAmount(granted[1]);
    }
    TokenAmount total = new TokenAmount(granted[1].add(given));
    grant(connection, pool, node, total);
    return total;
  }

  private static BigInteger[] granted(Connection connection, PoolId pool, String node)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GRANTED)) {
      statement.setString(1, node);
      statement.setObject(2, pool.value());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new BigInteger[] {
          row.getBigDecimal(1).toBigInteger(), row.getBigDecimal(2).toBigInteger()
        };
      }
    }
  }

  private static void grant(Connection connection, PoolId pool, String node, TokenAmount total)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GRANT)) {
      statement.setObject(1, pool.value());
      statement.setString(2, node);
      statement.setBigDecimal(3, new BigDecimal(total.value()));
      statement.executeUpdate();
    }
  }

  private static TokenAmount amount(ResultSet row, int column) throws SQLException {
    return new TokenAmount(row.getBigDecimal(column).toBigInteger());
  }
}
