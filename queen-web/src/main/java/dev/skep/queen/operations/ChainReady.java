package dev.skep.queen.operations;

import dev.skep.protocol.SkepException;
import dev.skep.queen.ledger.BlockView;
import dev.skep.queen.ledger.Blocks;
import dev.skep.queen.ledger.Deployments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the contracts are known. How old the newest block is stands there as data only: a
 * chain that is silent delays payments, never jobs.
 */
@Readiness
@ApplicationScoped
public class ChainReady implements HealthCheck {
  @Inject Deployments deployments;
  @Inject Blocks blocks;
  @Inject Clock clock;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("chain");
    try {
      freshness(response);
      return response.status(deployments.find().isPresent()).build();
    } catch (SkepException e) {
      return response.down().withData("code", e.code()).build();
    }
  }

  private void freshness(HealthCheckResponseBuilder response) {
    List<BlockView> newest = blocks.list(Long.MAX_VALUE, 1);
    for (BlockView block : newest) {
      Duration age = Duration.between(block.times().sealedAt(), clock.instant());
      response
          .withData("block", block.number())
          .withData("blockState", block.state().name())
          .withData("blockAgeSeconds", age.toSeconds());
    }
  }
}
