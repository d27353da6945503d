package dev.skep.queen.identity;

import dev.skep.protocol.SkepException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * At most so many uses per key and window, on this node. Memory stays bounded: all counters go when
 * a window ends or when there are too many of them.
 */
public final class RateLimit {
  private static final int MOST_KEYS = 50_000;

  private final Clock clock;
  private final long windowMillis;
  private final int limit;
  private final Map<String, AtomicInteger> counters = new ConcurrentHashMap<>();
  private long window;

  public RateLimit(Clock clock, Duration window, int limit) {
    this.clock = clock;
    this.windowMillis = window.toMillis();
    this.limit = limit;
  }

  /** Counts one use; throws {@code rate-limited} (429) above the limit. */
  public void count(String key) {
    renew();
    if (counters.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet() > limit) {
      throw SkepException.of("rate-limited", 429)
          .because("More than " + limit + " such requests in " + windowMillis / 1000 + " s.")
          .hint("Wait until the window has passed; Retry-After says when to look again.");
    }
  }

  private synchronized void renew() {
    long now = clock.millis() / windowMillis;
    if (now != window || counters.size() > MOST_KEYS) {
      window = now;
      counters.clear();
    }
  }
}
