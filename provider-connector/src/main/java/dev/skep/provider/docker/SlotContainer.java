package dev.skep.provider.docker;

import dev.skep.provider.runtime.RuntimeProblem;
import dev.skep.provider.worker.SlotFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One container and all that was made for it, with the one clock that ends it. It is stopped once,
 * for one reason: the first that came.
 */
final class SlotContainer implements AutoCloseable {

  private static final long FOREVER = Long.MAX_VALUE;

  private final String id;
  private final SlotPlace place;
  private final Removals removals;
  private final Executor background;
  private final long endNanos;
  private final AtomicReference<@Nullable RuntimeProblem> stopped = new AtomicReference<>();
  private volatile @Nullable Closeable connection;
  private volatile RuntimeProblem limitReached = RuntimeProblem.SLOT_CLOSED;
  private volatile long deadlineNanos = FOREVER;
  private volatile boolean closed;

  SlotContainer(String id, SlotPlace place, Removals removals, Executor background, Duration life) {
    this.id = id;
    this.place = place;
    this.removals = removals;
    this.background = background;
    this.endNanos = System.nanoTime() + life.toNanos();
    place.network().whenLost(() -> stop(RuntimeProblem.NETWORK_LOST));
  }

  String id() {
    return id;
  }

  SlotFolder folder() {
    return place.folder();
  }

  CardLease cards() {
    return place.cards();
  }

  /** What to close first when the container is stopped: whoever reads from it wakes up at once. */
  void connect(Closeable channel) {
    connection = channel;
    if (stopped.get() != null) {
      hangUp();
    }
  }

  /** From now on at most this long, then the container is stopped for that reason. */
  void allow(Duration limit, RuntimeProblem reason) {
    limitReached = reason;
    deadlineNanos = System.nanoTime() + limit.toNanos();
  }

  void allowForever() {
    deadlineNanos = FOREVER;
  }

  /** Called many times a second. */
  void tick() {
    long deadline = deadlineNanos;
    if (deadline != FOREVER && System.nanoTime() - deadline > 0) {
      stop(limitReached);
    }
  }

  /** Why it was stopped; null while it runs. */
  @Nullable RuntimeProblem stopped() {
    return stopped.get();
  }

  boolean isPastDeadline() {
    return System.nanoTime() - endNanos > 0;
  }

  boolean isClosed() {
    return closed;
  }

  /** Kills the container without waiting for it. */
  void stop(RuntimeProblem reason) {
    if (stopped.compareAndSet(null, reason)) {
      hangUp();
      background.execute(() -> removals.remove(id));
    }
  }

  private void hangUp() {
    Closeable channel = connection;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a socket of this process", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    stopped.compareAndSet(null, RuntimeProblem.SLOT_CLOSED);
    hangUp();
    removals.remove(id);
    place.close();
  }
}
