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
    LocalDate yesterday = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select make_day_partitions(?, ?)")) {
      statement.setObject(1, yesterday);
      statement.setInt(2, DAYS_AHEAD + 1);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw DatabaseProblem.of("partitions could not be made", e);
    }
  }
}
