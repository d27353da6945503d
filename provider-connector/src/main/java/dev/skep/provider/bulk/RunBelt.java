package dev.skep.provider.bulk;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a run on their way: read in order, answered in any order, written in order. Reading
 * waits while too many lines, or too many bytes of answers, are between the two ends. Thread-safe.
 */
final class RunBelt {
  private static final long MOST_BYTES = 64L << 20;

  private final InputLines lines;
  private final RunOutput output;
  private final RunPlan plan;
  private final RunTale tale;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Map<Long, String> chains = new HashMap<>();
  private final Map<Long, LineAnswer> early = new HashMap<>();
  private long earlyBytes;
  private long read;
  private boolean allRead;
  private @Nullable RuntimeException failure;

  RunBelt(InputLines lines, RunOutput output, RunPlan plan, RunTale tale) {
    this.lines = lines;
    this.output = output;
    this.plan = plan;
    this.tale = tale;
    this.read = output.at().lines();
  }

  /** The next lines to send, none at the end; waits for room. */
  List<InputLine> take(int count) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (failure == null && !allRead && isFull()) {
        moved.await();
      }
      List<InputLine> taken = new ArrayList<>(count);
      while (failure == null && !allRead && taken.size() < count) {
        read(taken);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return read - output.at().lines() >= plan.spread() || earlyBytes > MOST_BYTES;
  }

  private void read(List<InputLine> taken) {
    InputLine line = lines.next();
    if (line == null) {
      allRead = true;
      moved.signalAll();
      return;
    }
    read = line.number();
    chains.put(line.number(), lines.chain());
    taken.add(line);
  }

  /** A line's last answer. */
  void answer(InputLine line, LineAnswer answer) {
    lock.lock();
    try {
      early.put(line.number(), answer);
      earlyBytes += size(answer);
      while (failure == null && early.containsKey(output.at().lines() + 1)) {
        write(output.at().lines() + 1);
      }
      moved.signalAll();
    } catch (IOException e) {
      fail(new UncheckedIOException("the output cannot be written", e));
    } finally {
      lock.unlock();
    }
  }

  private void write(long number) throws IOException {
    LineAnswer answer = Objects.requireNonNull(early.remove(number));
    earlyBytes -= size(answer);
    Problem problem = answer.problem();
    if (plan.stopAtFailure() && problem != null) {
      fail(stopped(number, problem.toException()));
      return;
    }
    output.write(answer, Objects.requireNonNull(chains.remove(number)));
    tale.written(output.at());
  }

  private static int size(LineAnswer answer) {
    byte[] text = answer.output();
    return text == null ? 0 : text.length;
  }

  private static SkepException stopped(long number, SkepException why) {
    return SkepException.of(why.code(), why.status())
        .fault(why.fault())
        .because("line " + number + " failed: " + why.getMessage())
        .hint(
            "Nothing is lost: go on with the same command and --failures keep, which writes the"
                + " problem as the line's answer.");
  }

  /** Ends the run before its time; the first reason counts. */
  void fail(RuntimeException why) {
    lock.lock();
    try {
      failure = failure == null ? why : failure;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isFailed() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  /** Makes what was written count; throws why the run failed, if it did. */
  RunMark end() throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        output.mark();
        throw failure;
      }
      output.finish();
      return output.at();
    } finally {
      lock.unlock();
    }
  }
}
