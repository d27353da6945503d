package dev.skep.broker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** So many of a kind per window; the kinds come from a small fixed set. */
final class RateLimit {
  private final int most;
  private final long windowNanos;
  private final LongSupplier nanoTime;
  private final Map<String, Window> windows = new ConcurrentHashMap<>();

  RateLimit(int most, Duration window, LongSupplier nanoTime) {
    this.most = most;
    this.windowNanos = window.toNanos();
    this.nanoTime = nanoTime;
  }

  static RateLimit perMinute(int most) {
    return new RateLimit(most, Duration.ofMinutes(1), System::nanoTime);
  }

  boolean allows(String kind) {
    return windows.merge(kind, new Window(nanoTime.getAsLong(), 1), this::next).count <= most;
  }

  private Window next(Window before, Window now) {
    return now.start - before.start >= windowNanos
        ? now
        : new Window(before.start, before.count + 1);
  }

  private record Window(long start, int count) {}
}
