package dev.skep.king.schema;

import dev.skep.persistence.schema.Schema;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.time.Clock;
import javax.sql.DataSource;

/**
 * Runs the migrations of the persistence module. The archive's modules start in order and this one
 * is the first, so queen-web finds the schema in place; startup beans of king-ejb say
 * {@code @DependsOn("SchemaMigration")}. A migration that fails stops the deployment.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigration {
  @Resource(lookup = "jdbc/skep_direct")
  private DataSource dataSource;

  @PostConstruct
  void migrate() {
    schema().migrate();
  }

  /** Every node does this; it is harmless to do twice. */
  @Schedule(hour = "*", minute = "17", persistent = false)
  void makePartitions() {
    schema().makePartitions();
  }

  private Schema schema() {
    return new Schema(dataSource, Clock.systemUTC());
  }
}
