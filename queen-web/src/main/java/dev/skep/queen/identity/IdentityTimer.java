package dev.skep.queen.identity;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Forgets challenges and sessions a day after they ended; until then a replay is still told apart.
 */
@Singleton
public class IdentityTimer {
  private static final Duration KEPT = Duration.ofDays(1);

  @Inject Challenges challenges;
  @Inject Sessions sessions;
  @Inject Clock clock;

  @Schedule(hour = "*", minute = "17", persistent = false)
  public void forget() {
    Instant before = clock.instant().minus(KEPT);
    challenges.forgetBefore(before);
    sessions.forgetBefore(before);
  }
}
