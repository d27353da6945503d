package dev.skep.provider.bulk;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Pauses between tries, doubling with jitter, and the end of patience. One per lane; progress
 * anywhere in the run begins both anew.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 5000;

  private final Duration patience;
  private long pauseMillis = FIRST_MILLIS;
  private long sinceNanos = System.nanoTime();

  Backoff(Duration patience) {
    this.patience = patience;
  }

  void progress() {
    pauseMillis = FIRST_MILLIS;
    sinceNanos = System.nanoTime();
  }

  boolean isExhausted() {
    return System.nanoTime() - sinceNanos > patience.toNanos();
  }

  /**
   * Waits its turn.
   *
   * @param least what the queen asked for
   */
  void pause(Duration least) throws InterruptedException {
    long jittered = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis);
    long millis = Math.max(least.toMillis(), jittered);
    pauseMillis = Math.min(LONGEST_MILLIS, pauseMillis * 2);
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }
}
