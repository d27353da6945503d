package dev.skep.queen.operations;

import dev.skep.protocol.SkepException;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Without rows nothing can be accepted. */
@Readiness
@ApplicationScoped
public class DatabaseReady implements HealthCheck {
  @Inject Sql sql;

  @Override
  public HealthCheckResponse call() {
    try {
      sql.first("select 1", row -> true);
      return HealthCheckResponse.up("database");
    } catch (SkepException e) {
      return HealthCheckResponse.named("database").down().withData("code", e.code()).build();
    }
  }
}
