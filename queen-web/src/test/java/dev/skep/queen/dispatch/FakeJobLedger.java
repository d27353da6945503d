package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A database in memory with the rules of the real one; commits at once, or when told to. */
final class FakeJobLedger implements JobLedger, PastAttempts {
  final Map<JobId, Row> rows = new LinkedHashMap<>();
  final Map<AttemptRef, Receipt> receipts = new LinkedHashMap<>();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean commitsAtOnce = true;
  private int failures;

  /** One job with what belongs to it. */
  static final class Row {
    final JobHead head;
    final byte[] input;
    final Map<Integer, PastAttempt> attempts = new LinkedHashMap<>();
    JobState state;
    byte[] output;
    Problem problem;

    Row(JobHead head, byte[] input) {
      this.head = head;
      this.input = input;
      this.state = head.state();
    }

    /** The row as a restarted node reads it. */
    JobHead currentHead() {
      return new JobHead(
          head.id(),
          head.pool(),
          head.client(),
          state,
          head.copies(),
          head.agree(),
          head.reserved(),
          head.deadlines());
    }
  }

  void hold() {
    commitsAtOnce = false;
  }

  void commitAll() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  /** Commits the oldest waiting write, if there is one. */
  void commitOne() {
    Optional.ofNullable(waiting.poll()).ifPresent(Runnable::run);
  }

  void commitAtOnceAgain() {
    commitAll();
    commitsAtOnce = true;
  }

  /** The machine died: what was not committed never happened, nobody is told. */
  void crash() {
    waiting.clear();
  }

  void failNext(int writes) {
    failures = writes;
  }

  @Override
  public CompletableFuture<Void> accept(Acceptance acceptance) {
    return write(
        () -> {
          Row row = new Row(acceptance.head(), acceptance.input());
          if (rows.put(acceptance.head().id(), row) != null) {
            throw new IllegalStateException("job twice: " + acceptance.head().id());
          }
          acceptance.leases().forEach(lease -> insert(row, lease));
          return null;
        });
  }

  @Override
  public CompletableFuture<Void> lease(Lease lease) {
    return write(
        () -> {
          Row row = rows.get(lease.attempt().job());
          insert(row, lease);
          row.state = JobState.LEASED;
          return null;
        });
  }

  private static void insert(Row row, Lease lease) {
    PastAttempt attempt = new PastAttempt(lease, AttemptState.LEASED, 0, null, null);
    if (row.attempts.putIfAbsent(lease.attempt().number(), attempt) != null) {
      throw new IllegalStateException("attempt twice: " + lease.attempt());
    }
  }

  @Override
  public CompletableFuture<Boolean> end(End end) {
    return write(() -> apply(end));
  }

  private boolean apply(End end) {
    Row row = rows.get(end.job());
    if (!row.state.isOpen()) {
      return false;
    }
    row.state = end.state();
    row.output = end.output();
    row.problem = end.problem();
    end.attempts().forEach(attempt -> endAttempt(row, attempt));
    for (Receipt receipt : end.receipts()) {
      if (receipts.putIfAbsent(receipt.attempt(), receipt) != null) {
        throw new IllegalStateException("paid twice: " + receipt.attempt());
      }
    }
    return true;
  }

  private static void endAttempt(Row row, AttemptEnd end) {
    PastAttempt old = row.attempts.get(end.attempt().number());
    AttemptState.TRANSITIONS.check(old.state(), end.state());
    row.attempts.put(
        end.attempt().number(),
        new PastAttempt(old.lease(), end.state(), end.runMicros(), end.sha256(), end.problem()));
  }

  private <T> CompletableFuture<T> write(java.util.function.Supplier<T> change) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Runnable commit = () -> commit(change, future);
    if (commitsAtOnce) {
      commit.run();
    } else {
      waiting.add(commit);
    }
    return future;
  }

  private <T> void commit(java.util.function.Supplier<T> change, CompletableFuture<T> future) {
    if (failures > 0) {
      failures--;
      future.completeExceptionally(new IllegalStateException("the database is down"));
    } else {
      future.complete(change.get());
    }
  }

  @Override
  public CompletableFuture<Optional<Fact>> find(AttemptRef ref) {
    Optional<Fact> fact =
        Optional.ofNullable(rows.get(ref.job()))
            .map(row -> row.attempts.get(ref.number()))
            .map(a -> new Fact(a.lease().machine().provider(), a.lease().slot(), a.state()));
    return CompletableFuture.completedFuture(fact);
  }

  List<Row> open() {
    return rows.values().stream().filter(row -> row.state.isOpen()).toList();
  }

  List<Receipt> receiptsOf(JobId job) {
    List<Receipt> found = new ArrayList<>(receipts.values());
    found.removeIf(receipt -> !receipt.attempt().job().equals(job));
    return found;
  }

  TokenAmount paid() {
    return receipts.values().stream()
        .map(Receipt::amount)
        .reduce(TokenAmount.ZERO, TokenAmount::plus);
  }
}
