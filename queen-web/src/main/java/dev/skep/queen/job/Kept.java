package dev.skep.queen.job;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * How long outputs and logs stay after the end of their job: {@code SKEP_RESULTS_KEPT_DAYS}, a week
 * by default. What is past that is gone for everybody, also while the rows are still there.
 */
@ApplicationScoped
public class Kept {
  private static final int DAYS = 7;

  @Inject Config config;
  @Inject Clock clock;

  public int days() {
    return config.getOptionalValue("SKEP_RESULTS_KEPT_DAYS", Integer.class).orElse(DAYS);
  }

  private Duration time() {
    return Duration.ofDays(days());
  }

  public Instant until(Instant endedAt) {
    return endedAt.plus(time());
  }

  /** Throws {@code result-expired} when the job ended longer ago; never for one that is open. */
  public void require(JobId job, @Nullable Instant endedAt) {
    if (endedAt != null && until(endedAt).isBefore(clock.instant())) {
      throw expired(job);
    }
  }

  /** The same for the results of a pool that was closed; never for one that was not. */
  public void require(PoolId pool, @Nullable Instant closedAt) {
    if (closedAt != null && until(closedAt).isBefore(clock.instant())) {
      throw expired("pool " + pool + " was closed earlier", "skep pool show " + pool);
    }
  }

  public SkepException expired(JobId job) {
    return expired("job " + job + " is older", "skep job show " + job);
  }

  private SkepException expired(String what, String next) {
    return SkepException.of("result-expired", 410)
        .fault(Fault.CALLER)
        .because("outputs and logs are kept for " + days() + " days; " + what)
        .hint("What it cost and its evidence are kept: " + next);
  }
}
