package dev.skep.queen.finite;

import dev.skep.protocol.id.PoolId;
import dev.skep.queen.pool.PoolFiles;
import dev.skep.queen.settings.QueenSettings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Feeds this node's finite pools on one thread, which sleeps until a job ends or a second is over.
 */
@Singleton
@Startup
@DependsOn("NodeStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class Feeder {
  private static final System.Logger LOG = System.getLogger(Feeder.class.getName());
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  @Inject FeedRows rows;
  @Inject DispatchedInputs jobs;
  @Inject PoolFiles files;
  @Inject QueenSettings settings;
  @Inject Clock clock;

  @Resource(lookup = "concurrent/skepThreads")
  ManagedThreadFactory threads;

  private final Map<PoolId, PoolFeed> feeds = new HashMap<>();
  private final Semaphore signal = new Semaphore(0);
  private long lookedNanos = System.nanoTime() - LOOK_NANOS;
  private Thread thread;

  @PostConstruct
  void start() {
    thread = threads.newThread(this::run);
    thread.setName("feeder");
    thread.start();
  }

  @PreDestroy
  void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (!round()) {
          signal.tryAcquire(LOOK_NANOS, TimeUnit.NANOSECONDS);
        }
        signal.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean round() {
    if (System.nanoTime() - lookedNanos >= LOOK_NANOS) {
      lookedNanos = System.nanoTime();
      guarded("the list of finite pools", this::look);
    }
    boolean moved = false;
    for (PoolId pool : Set.copyOf(feeds.keySet())) {
      moved |= step(pool);
    }
    return moved;
  }

  /** A feed that failed is made anew from its rows with the next look. */
  private boolean step(PoolId pool) {
    boolean[] moved = {false};
    PoolFeed feed = feeds.remove(pool);
    if (feed != null) {
      guarded(
          "pool " + pool,
          () -> {
            moved[0] = feed.step();
            feeds.put(pool, feed);
          });
    }
    return moved[0];
  }

  /** Takes up pools that can be fed from here, and lets go of others. */
  private void look() {
    Set<PoolId> kept = new HashSet<>();
    for (PoolId open : rows.open(settings.node())) {
      PoolFeed feed = feeds.get(open);
      if (feed != null && feed.isBusy() || jobs.hasSlots(open)) {
        rows.claim(open, settings.node()).ifPresent(pool -> keep(pool, kept));
      }
    }
    feeds.keySet().retainAll(kept);
  }

  private void keep(FinitePool pool, Set<PoolId> kept) {
    kept.add(pool.id());
    feeds.computeIfAbsent(pool.id(), id -> new PoolFeed(pool, parts(pool)));
  }

  private PoolFeed.Parts parts(FinitePool pool) {
    byte[] sha256 = pool.sha256();
    InputSource source =
        sha256 == null
            ? new NumberInputs(pool)
            : new FileInputs(
                files.open(pool.id(), HexFormat.of().formatHex(sha256), pool.mark().nextByte()),
                pool.mark());
    return new PoolFeed.Parts(source, jobs, rows, clock, signal::release);
  }

  /** The named boundary of the thread: one pool's trouble is neither its end nor the others'. */
  private static void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, what + " was not fed, will try again", e);
    }
  }
}
