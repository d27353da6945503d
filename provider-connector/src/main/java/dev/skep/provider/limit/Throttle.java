package dev.skep.provider.limit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A token bucket that all downloads of this connector draw from: so many bytes in a second, and at
 * most those of one second at once. Thread-safe.
 */
public final class Throttle {

  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_AT_ONCE = 64 << 10;

  private final long bytesPerSecond;
  private final LongSupplier clock;
  private final LongConsumer pause;
  private double tokens;
  private long filledNanos;

  /** {@link dev.skep.provider.network.Meter#FREE} bounds nothing. */
  public Throttle(long bytesPerSecond) {
    this(bytesPerSecond, System::nanoTime, LockSupport::parkNanos);
  }

  Throttle(long bytesPerSecond, LongSupplier clock, LongConsumer pause) {
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.pause = pause;
    this.tokens = bytesPerSecond;
    this.filledNanos = clock.getAsLong();
  }

  /** The same bytes, as fast as they may come. */
  public InputStream slow(InputStream in) {
    return bytesPerSecond == Long.MAX_VALUE ? in : new Slow(in);
  }

  /** Takes tokens, on credit when there are too few; says how long to wait for them. */
  private synchronized long draw(int bytes) {
    long now = clock.getAsLong();
    double fresh = (double) (now - filledNanos) * bytesPerSecond / SECOND;
    tokens = Math.min(bytesPerSecond, tokens + fresh) - bytes;
    filledNanos = now;
    return tokens >= 0 ? 0 : (long) (-tokens * SECOND / bytesPerSecond);
  }

  private final class Slow extends FilterInputStream {
    Slow(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      wait(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, Math.min(length, MOST_AT_ONCE));
      wait(Math.max(0, read));
      return read;
    }

    private void wait(int bytes) throws IOException {
      long nanos = draw(bytes);
      if (nanos > 0) {
        pause.accept(nanos); // one that ends early is made up for by the next: the debt stays
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while waiting for bandwidth");
      }
    }
  }
}
