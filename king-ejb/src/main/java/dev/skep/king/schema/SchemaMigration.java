package dev.skep.king.schema;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

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
    // The timer store is there first, made by bin/queen: hence a baseline below the first
    // migration.
    Flyway.configure(SchemaMigration.class.getClassLoader())
        .dataSource(dataSource)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
