package dev.skep.persistence.ledger;

import dev.skep.persistence.DatabaseProblem;
import dev.skep.protocol.SkepException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes every per-job row of a node: one thread drains the queue, makes one transaction of what
 * waits, commits, then completes the futures. There is no timer: while one group commits, the next
 * one gathers.
 *
 * <p>A future completes after the commit, on the writer's thread, so dependents must be short or
 * {@code *Async}. A group that the database refuses is taken apart and each operation is tried
 * alone, so only the guilty one fails. When the connection is lost the group is sent again until
 * {@link Limits#patience} is over; what had been committed by then is recognised and not written
 * twice. A full queue refuses at once with {@code ledger-busy}.
 */
public final class LedgerWriter implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LedgerWriter.class.getName());
  private static final int POLL_MILLIS = 100;

  /**
   * @param queue most operations that wait; more are refused
   * @param group most operations in one transaction
   * @param groupBytes a group is closed when its payloads pass this
   * @param patience how long a group is sent again after a lost connection
   */
  public record Limits(int queue, int group, int groupBytes, Duration patience) {
    public static final Limits DEFAULT = new Limits(20_000, 256, 8 << 20, Duration.ofSeconds(30));
  }

  private final DataSource source;
  private final Limits limits;
  private final BlockingQueue<LedgerOperation> queue;
  private final Thread thread;
  private final LedgerMeter meter = new LedgerMeter();
  private volatile boolean closing;
  private @Nullable Connection connection;

  /**
   * {@code source} must be outside of JTA; the writer keeps one connection of it. Starts its
   * thread.
   */
  public LedgerWriter(DataSource source, ThreadFactory threads, Limits limits) {
    this.source = source;
    this.limits = limits;
    this.queue = new LinkedBlockingQueue<>(limits.queue());
    this.thread = threads.newThread(this::run);
    thread.setName("ledger-writer");
    thread.start();
  }

  /**
   * Writes a job with its input and first leases. Fails with {@code idempotency-key-used} when its
   * key made another job.
   */
  public CompletableFuture<Void> accept(AcceptedJob job) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    enqueue(new LedgerOperation.Accept(job, future));
    return future;
  }

  /**
   * Writes further leases of one open job; LATE when the job has ended or such an attempt exists.
   */
  public CompletableFuture<LedgerOutcome> lease(List<NewAttempt> attempts) {
    if (attempts.isEmpty() || attempts.stream().map(a -> a.ref().job()).distinct().count() != 1) {
      throw new IllegalArgumentException("leases of exactly one job belong together");
    }
    CompletableFuture<LedgerOutcome> future = new CompletableFuture<>();
    enqueue(new LedgerOperation.Lease(List.copyOf(attempts), future));
    return future;
  }

  public CompletableFuture<LedgerOutcome> lease(NewAttempt attempt) {
    return lease(List.of(attempt));
  }

  /** Writes ends of attempts and what they bring, whole or not at all. */
  public CompletableFuture<LedgerOutcome> finish(JobEnd end) {
    CompletableFuture<LedgerOutcome> future = new CompletableFuture<>();
    enqueue(new LedgerOperation.Finish(end, future));
    return future;
  }

  public LedgerMeter meter() {
    return meter;
  }

  /** How many operations wait. */
  public int backlog() {
    return queue.size();
  }

  /** Takes nothing more, writes what waits, ends the thread. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(limits.patience().plusSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    failAll(drainAll(), closed());
  }

  private void enqueue(LedgerOperation operation) {
    if (closing) {
      operation.failed(closed());
    } else if (!queue.offer(operation)) {
      operation.failed(
          SkepException.of("ledger-busy", 503)
              .because(limits.queue() + " writes are waiting for the database")
              .hint("Try again in a moment."));
    } else if (!thread.isAlive()
        && queue.remove(operation)) { // closed between the question and the offer
      operation.failed(closed());
    }
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        List<LedgerOperation> group = nextGroup();
        if (!group.isEmpty()) {
          write(group);
        }
      } catch (InterruptedException e) {
        closing = true;
        failAll(drainAll(), closed());
      }
    }
    disconnect();
  }

  private List<LedgerOperation> nextGroup() throws InterruptedException {
    List<LedgerOperation> group = new ArrayList<>();
    LedgerOperation operation = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    int bytes = 0;
    while (operation != null) {
      group.add(operation);
      bytes += operation.bytes();
      operation =
          group.size() < limits.group() && bytes < limits.groupBytes() ? queue.poll() : null;
    }
    return group;
  }

  private void write(List<LedgerOperation> group) throws InterruptedException {
    long deadline = System.nanoTime() + limits.patience().toNanos();
    boolean resent = false;
    while (true) {
      try {
        new LedgerGroup(group, resent).write(connect());
        meter.committed(group.size());
        return;
      } catch (SQLException e) {
        if (!DatabaseProblem.isConnectionLoss(e)) {
          apart(group, e, resent);
          return;
        }
        resent = true;
        disconnect();
        if (closing || System.nanoTime() > deadline) {
          failAll(group, DatabaseProblem.of("the ledger could not be written", e));
          return;
        }
        LOG.log(
            Level.WARNING,
            "the database is away, {0} ledger writes wait: {1}",
            group.size(),
            e.getMessage());
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (RuntimeException e) { // a bug in one operation must not end the writer
        apart(group, e, resent);
        return;
      }
    }
  }

  /** Tries each operation alone after its group was refused; a group of one is the guilty one. */
  private void apart(List<LedgerOperation> group, Exception refused, boolean resent)
      throws InterruptedException {
    rollback();
    if (group.size() > 1) {
      for (LedgerOperation operation : group) {
        write(List.of(operation));
      }
      return;
    }
    Exception problem =
        refused instanceof SQLException sql
            ? DatabaseProblem.of("a ledger row was refused", sql)
            : refused;
    LOG.log(Level.ERROR, "a ledger write failed: {0}", problem.getMessage());
    failAll(group, problem);
  }

  private Connection connect() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = source.getConnection();
      open.setAutoCommit(false);
      connection = open;
    }
    return open;
  }

  private void rollback() {
    Connection open = connection;
    try {
      if (open != null) {
        open.rollback();
      }
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "rollback failed, the connection is given up: {0}", e.getMessage());
      disconnect();
    }
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "a broken connection did not close: {0}", e.getMessage());
    }
  }

  private List<LedgerOperation> drainAll() {
    List<LedgerOperation> left = new ArrayList<>();
    queue.drainTo(left);
    return left;
  }

  private static void failAll(List<LedgerOperation> operations, Throwable problem) {
    operations.forEach(operation -> operation.failed(problem));
  }

  private static SkepException closed() {
    return SkepException.of("ledger-closed", 503)
        .because("this node is shutting down")
        .hint("Try another node, or this one in a moment.");
  }
}
