package dev.skep.king.schema;

import dev.skep.persistence.schema.Schema;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;

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

  @Inject Config config;

  @PostConstruct
  void migrate() {
    schema().migrate();
  }

  /** Every node does this; it is harmless to do twice. */
  @Schedule(hour = "*", minute = "17", persistent = false)
  void makePartitions() {
    schema().makePartitions();
    schema().dropPayloads(daysKept());
  }

  /** Outputs and logs stay for a week unless the operator says otherwise. */
  private int daysKept() {
    return config.getOptionalValue("SKEP_RESULTS_KEPT_DAYS", Integer.class).orElse(7);
  }

  private Schema schema() {
    return new Schema(dataSource, Clock.systemUTC());
  }
}
