package dev.skep.persistence.postgres;

import dev.skep.persistence.schema.Schema;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;

/** A migrated database with short ways to put rows in and to look at them. */
public final class TestRows {
  public static final WalletAddress OWNER = WalletAddress.parse("0x" + "a".repeat(40));
  public static final WalletAddress PROVIDER = WalletAddress.parse("0x" + "b".repeat(40));
  public static final WalletAddress OTHER = WalletAddress.parse("0x" + "c".repeat(40));

  private static final Uuid7 IDS = Uuid7.system();

  private final DataSource source;

  private TestRows(DataSource source) {
    this.source = source;
  }

  /** A database of its own with today's schema. */
  public static TestRows fresh() {
    DataSource source = EmbeddedPostgres.shared().emptyDatabase();
    new Schema(source, Clock.systemUTC()).migrate();
    return new TestRows(source);
  }

  public static TestRows of(DataSource source) {
    return new TestRows(source);
  }

  public DataSource source() {
    return source;
  }

  public PoolId newPoolId() {
    return new PoolId(IDS.next());
  }

  public JobId newJobId() {
    return new JobId(IDS.next());
  }

  public Uuid7 ids() {
    return IDS;
  }

  /** An open pool; its id on the chain is the given 32 bytes. */
  public PoolId pool(byte[] chainPoolId, long deposited, long maxPerJob, String state) {
    PoolId id = newPoolId();
    pool(id, chainPoolId, deposited, maxPerJob, state);
    return id;
  }

  public void pool(PoolId id, byte[] chainPoolId, long deposited, long maxPerJob, String state) {
    run(
        "insert into pool (id, queen_id, owner, name, template, matching, spec, program, program_sha256, price_per_job,"
            + " price_per_second, max_per_job, copies, agree, verification, distinct_by, access, slot_limit, per_user,"
            + " state, chain_pool_id, deposited) values (?, 'q', ?, 'test', 'custom', 'performance', '{}', '\\x00',"
            + " sha256('\\x00'), 1, 0, ?, 1, 1, 'spot-check', 'machine', 'owner', 4, 4, ?, ?, ?)",
        id.value(),
        OWNER.toString(),
        BigDecimal.valueOf(maxPerJob),
        state,
        chainPoolId,
        BigDecimal.valueOf(deposited));
  }

  public PoolId openPool(long deposited, long maxPerJob) {
    byte[] chainPoolId = new byte[32];
    java.util.concurrent.ThreadLocalRandom.current().nextBytes(chainPoolId);
    return pool(chainPoolId, deposited, maxPerJob, "OPEN");
  }

  public int run(String sql, Object... parameters) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of the first row as text, or "none". */
  public String text(String sql, Object... parameters) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "none";
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public long count(String sql, Object... parameters) {
    return Long.parseLong(text("select count(*) from " + sql, parameters));
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
