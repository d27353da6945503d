package dev.skep.provider.queen;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between tries: doubling from half a second to fifteen, each between half and all of
 * itself, so that connectors that fell together do not come back together.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long MOST_MILLIS = 15_000;

  private int failures;

  public Duration next() {
    long most = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures++, 10));
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  public void reset() {
    failures = 0;
  }
}
