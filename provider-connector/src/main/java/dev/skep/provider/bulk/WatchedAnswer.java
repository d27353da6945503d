package dev.skep.provider.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An answer that is closed when nothing of it comes for too long: a peer that vanished, or a way to
 * it that did, says not even that. Whoever reads meets the end of the stream or an {@code
 * IOException}.
 */
final class WatchedAnswer extends FilterInputStream {
  private static final System.Logger LOG = System.getLogger(WatchedAnswer.class.getName());
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(WatchedAnswer::watcher);

  private final long limitNanos;
  private final ScheduledFuture<?> watch;
  private volatile boolean waiting;
  private volatile long sinceNanos;

  WatchedAnswer(InputStream answer, Duration limit) {
    super(answer);
    limitNanos = limit.toNanos();
    long tick = Math.max(1, limitNanos / 4);
    watch = CLOCK.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.NANOSECONDS);
  }

  private static Thread watcher(Runnable task) {
    Thread thread = new Thread(task, "answer-watch");
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    if (waiting && System.nanoTime() - sinceNanos > limitNanos) {
      try {
        close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a silent answer was not closed well", e);
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Only the time spent in here counts: what the reader does meanwhile is not the peer's fault. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    sinceNanos = System.nanoTime();
    waiting = true;
    try {
      return in.read(bytes, offset, length);
    } finally {
      waiting = false;
    }
  }

  @Override
  public void close() throws IOException {
    watch.cancel(false);
    super.close();
  }
}
