package dev.skep.queen.finite;

import java.time.Duration;
import java.time.Instant;

/** How many inputs end per second, over the last half minute or so. */
final class FeedPace {
  private static final Duration SPAN = Duration.ofSeconds(2);
  private static final double NEWEST = 0.2;

  private Instant since;
  private long count;
  private double perSecond;

  FeedPace(Instant now, double before) {
    this.since = now;
    this.perSecond = before;
  }

  void ended(int inputs, Instant now) {
    count += inputs;
    Duration passed = Duration.between(since, now);
    if (passed.compareTo(SPAN) >= 0) {
      double newest = count * 1e3 / passed.toMillis();
      perSecond = perSecond == 0 ? newest : newest * NEWEST + perSecond * (1 - NEWEST);
      since = now;
      count = 0;
    }
  }

  double perSecond() {
    return perSecond;
  }
}
