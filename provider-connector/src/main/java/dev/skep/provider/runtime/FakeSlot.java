package dev.skep.provider.runtime;

import dev.skep.protocol.id.AttemptRef;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A slot without a container: plays its script in the caller's thread. */
final class FakeSlot implements WarmSlot {

  private static final Set<RuntimeProblem> DEADLY =
      Set.of(
          RuntimeProblem.JOB_EXITED,
          RuntimeProblem.OUT_OF_MEMORY,
          RuntimeProblem.RUNTIME_UNAVAILABLE);

  private final String containerId;
  private final FakeScript script;
  private final int maxOutputBytes;
  private final AtomicBoolean alive = new AtomicBoolean(true);
  private final Object running = new Object();
  private final Object change = new Object();
  private @Nullable AttemptRef current;
  private boolean cancelled;

  FakeSlot(String containerId, FakeScript script, int maxOutputBytes) {
    this.containerId = containerId;
    this.script = script;
    this.maxOutputBytes = maxOutputBytes;
  }

  @Override
  public String containerId() {
    return containerId;
  }

  @Override
  public JobOutcome run(AttemptRef attempt, byte[] input, Duration limit, JobEvents events) {
    synchronized (running) {
      if (!alive.get()) {
        return failed(RuntimeProblem.SLOT_CLOSED, "the slot is closed", 0);
      }
      long start = System.nanoTime();
      RuntimeProblem stop = play(attempt, limit, new FakeTelling(script, maxOutputBytes, events));
      long micros = (System.nanoTime() - start) / 1000;
      return stop == null ? answer(input, micros) : killed(stop, micros);
    }
  }

  private JobOutcome killed(RuntimeProblem stop, long micros) {
    alive.set(false);
    return failed(stop, "the job was stopped after " + micros / 1000 + " ms", micros);
  }

  private JobOutcome answer(byte[] input, long micros) {
    FakeScript.Answer answer = script.answer(input);
    FakeScript.Failure failure = answer.failure();
    if (failure != null) {
      alive.compareAndSet(true, !DEADLY.contains(failure.problem()));
      return failed(failure.problem(), failure.why(), micros);
    } else if (answer.output().length > maxOutputBytes) {
      return failed(
          RuntimeProblem.OUTPUT_TOO_LARGE,
          "the answer has %d bytes, at most %d are allowed"
              .formatted(answer.output().length, maxOutputBytes),
          micros);
    }
    return JobOutcome.answered(answer.output(), script.log(), micros);
  }

  private JobOutcome failed(RuntimeProblem problem, String why, long micros) {
    return JobOutcome.failed(problem.because(why).problem(), script.log(), micros);
  }

  /**
   * Tells what the script tells and waits as long as it runs; says what stopped it, null when it
   * ran to its end.
   */
  private @Nullable RuntimeProblem play(AttemptRef attempt, Duration limit, FakeTelling telling) {
    long end = System.nanoTime() + limit.toNanos();
    begin(attempt);
    try {
      while (telling.hasNext()) {
        if (waitFor(script.partEvery(), end) || isStopped()) {
          return stopReason(end);
        } else if (!telling.next()) {
          return RuntimeProblem.OUTPUT_TOO_LARGE;
        }
      }
      return waitFor(script.runFor(), end) ? stopReason(end) : null;
    } finally {
      begin(null);
    }
  }

  private void begin(@Nullable AttemptRef attempt) {
    synchronized (change) {
      current = attempt;
      cancelled = false;
    }
  }

  private boolean isStopped() {
    synchronized (change) {
      return cancelled || !alive.get();
    }
  }

  /** Whether the wait was stopped: by a cancel, by the slot's end or by the run limit. */
  private boolean waitFor(Duration time, long end) {
    long until = System.nanoTime() + time.toNanos();
    boolean tooLong = until - end > 0;
    return !time.isZero() && (waitUntil(tooLong ? end : until) || tooLong);
  }

  private RuntimeProblem stopReason(long end) {
    synchronized (change) {
      if (cancelled) {
        return RuntimeProblem.CANCELLED;
      }
      boolean late = alive.get() && System.nanoTime() - end >= 0;
      return late ? RuntimeProblem.RUN_LIMIT : RuntimeProblem.SLOT_CLOSED;
    }
  }

  private boolean waitUntil(long deadlineNanos) {
    synchronized (change) {
      long left = deadlineNanos - System.nanoTime();
      while (left > 0 && !cancelled && alive.get()) {
        try {
          change.wait(left / 1_000_000, (int) (left % 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return true;
        }
        left = deadlineNanos - System.nanoTime();
      }
      return cancelled || !alive.get();
    }
  }

  @Override
  public void cancel(AttemptRef attempt) {
    synchronized (change) {
      if (attempt.equals(current)) {
        cancelled = true;
        change.notifyAll();
      }
    }
  }

  @Override
  public boolean freeze() {
    return alive.get(); // it takes no processor time as it is
  }

  @Override
  public boolean alive() {
    return alive.get();
  }

  @Override
  public void close() {
    synchronized (change) {
      alive.set(false);
      change.notifyAll();
    }
  }
}
