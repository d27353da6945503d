package dev.skep.queen.operations;

import dev.skep.broker.BrokerSessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Connectors can sign in only while the broker runs with its key. */
@Readiness
@ApplicationScoped
public class BrokerReady implements HealthCheck {
  private static final Logger LOG = System.getLogger(BrokerReady.class.getName());

  @Override
  public HealthCheckResponse call() {
    try {
      BrokerSessions broker = BrokerSessions.get();
      return HealthCheckResponse.named("broker")
          .up()
          .withData("certificate", broker.spkiSha256())
          .withData("violations", broker.violations())
          .build();
    } catch (IllegalStateException e) {
      // The broker throws this until it runs; what exactly is for the log, not for strangers.
      LOG.log(Level.DEBUG, "the broker is not ready", e);
      return HealthCheckResponse.down("broker");
    }
  }
}
