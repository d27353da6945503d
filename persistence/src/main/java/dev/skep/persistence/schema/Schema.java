package dev.skep.persistence.schema;

import dev.skep.persistence.DatabaseProblem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The schema of one database. Both methods may run at any time, on several nodes at once, and again
 * after a crash. Needs a data source outside of JTA.
 */
public final class Schema {
  /**
   * How many days ahead partitions are made; rows beyond them still find a place in the default
   * partition.
   */
  static final int DAYS_AHEAD = 8;

  private final DataSource source;
  private final Clock clock;

  public Schema(DataSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Applies what is missing and makes the coming days' partitions. */
  public void migrate() {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration")
        .cleanDisabled(true)
        // The timer store may be there first: hence a baseline below the first migration.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    makePartitions();
  }

  /**
   * Makes the partitions from yesterday to a week ahead; returns how many were new. Call it once an
   * hour.
   */
  public int makePartitions() {
    return count("select make_day_partitions(?, ?)", today().minusDays(1), DAYS_AHEAD + 1);
  }

  /**
   * Drops the inputs, outputs and logs of jobs that ended longer ago than {@code days}; returns how
   * many partitions went. Jobs live for two days at most after they were accepted, so two days more
   * are given. Call it once an hour.
   */
  public int dropPayloads(int days) {
    // The blob of an input is older than its job by the time it took to come in.
    count("select drop_day_blobs(?)", today().minusDays(days + 3L));
    return count("select drop_day_payloads(?)", today().minusDays(days + 2L));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private int count(String sql, Object... arguments) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw DatabaseProblem.of("partitions could not be kept: " + sql, e);
    }
  }
}
