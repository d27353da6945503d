package dev.skep.provider.docker;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.provider.runtime.JobEvents;
import dev.skep.provider.runtime.JobLog;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.RuntimeProblem;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.worker.FrameTooLargeException;
import dev.skep.provider.worker.WorkerChannel;
import dev.skep.provider.worker.WorkerProtocolException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A warm container whose init has run: hands jobs over its socket, one at a time. */
final class DockerSlot implements WarmSlot {

  private final SlotContainer container;
  private final WorkerChannel channel;
  private final Autopsy autopsy;
  private final Freezer freezer;
  private final ReentrantLock running = new ReentrantLock(true);
  private volatile @Nullable AttemptRef current;

  DockerSlot(SlotContainer container, WorkerChannel channel, DockerEngine engine) {
    this.container = container;
    this.channel = channel;
    this.autopsy = new Autopsy(engine);
    this.freezer = new Freezer(engine, container.id());
  }

  @Override
  public String containerId() {
    return container.id();
  }

  @Override
  public JobOutcome run(AttemptRef attempt, byte[] input, Duration limit, JobEvents events) {
    running.lock();
    try {
      current = attempt;
      WorkerAnswer answer = new WorkerAnswer(attempt, events, channel.maxPayload());
      freezer.thaw();
      container.allow(limit, RuntimeProblem.RUN_LIMIT);
      return container.stopped() == null ? exchange(answer, input) : answer.failed(slotClosed());
    } catch (SkepException e) { // nobody can wake it: the engine is away
      container.stop(RuntimeProblem.SLOT_CLOSED);
      return JobOutcome.failed(e.problem(), JobLog.EMPTY, 0);
    } finally {
      current = null;
      container.allowForever();
      running.unlock();
    }
  }

  private JobOutcome exchange(WorkerAnswer answer, byte[] input) {
    try {
      channel.sendJob(answer.id(), input, answer.isHeard());
      JobOutcome outcome = null;
      while (outcome == null) {
        outcome = answer.read(channel.receive());
      }
      return outcome;
    } catch (FrameTooLargeException e) {
      var problem = e.payload() ? RuntimeProblem.OUTPUT_TOO_LARGE : RuntimeProblem.WORKER_PROTOCOL;
      container.stop(problem);
      return answer.failed(problem.because("the answer announced " + e.getMessage()));
    } catch (WorkerProtocolException e) {
      container.stop(RuntimeProblem.WORKER_PROTOCOL);
      return answer.failed(RuntimeProblem.WORKER_PROTOCOL.because(message(e)));
    } catch (IOException e) {
      SkepException why = container.stopped() == null ? autopsy.of(container.id()) : whyStopped();
      container.stop(RuntimeProblem.SLOT_CLOSED);
      return answer.failed(why);
    }
  }

  private SkepException whyStopped() {
    RuntimeProblem stopped = container.stopped();
    return switch (stopped == null ? RuntimeProblem.SLOT_CLOSED : stopped) {
      case RUN_LIMIT ->
          RuntimeProblem.RUN_LIMIT.because("the job ran longer than its limit and was killed");
      case CANCELLED -> RuntimeProblem.CANCELLED.because("the job was cancelled and killed");
      case NETWORK_LOST ->
          RuntimeProblem.NETWORK_LOST.because("the guard of the job's network ended");
      default -> slotClosed();
    };
  }

  private static SkepException slotClosed() {
    return RuntimeProblem.SLOT_CLOSED.because("the slot was closed");
  }

  private static String message(IOException e) {
    return String.valueOf(e.getMessage());
  }

  @Override
  public void cancel(AttemptRef attempt) {
    if (attempt.equals(current)) {
      container.stop(RuntimeProblem.CANCELLED);
    }
  }

  @Override
  public boolean freeze() {
    if (!running.tryLock()) {
      return false;
    }
    try {
      return alive() && freezer.freeze();
    } finally {
      running.unlock();
    }
  }

  @Override
  public boolean alive() {
    return container.stopped() == null && !container.isPastDeadline();
  }

  @Override
  public void close() {
    container.close();
  }
}
