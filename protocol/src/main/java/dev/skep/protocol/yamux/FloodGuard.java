package dev.skep.protocol.yamux;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts what a peer may do only so often a second. */
final class FloodGuard {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final String what;
  private final int mostPerSecond;
  private final LongSupplier nanos;
  private long since;
  private int count;

  FloodGuard(String what, int mostPerSecond, LongSupplier nanos) {
    this.what = what;
    this.mostPerSecond = mostPerSecond;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  void one() throws YamuxException {
    long now = nanos.getAsLong();
    if (now - since >= SECOND) {
      since = now;
      count = 0;
    }
    if (++count > mostPerSecond) {
      throw YamuxException.violation("more than " + mostPerSecond + " " + what + " in a second");
    }
  }
}
