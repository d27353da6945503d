package dev.skep.queen.dispatch;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import java.util.Optional;

/** Takes results in and moves jobs on by the verdict. Called with the floor's lock held. */
final class Outcomes {
  private static final byte[] NOTHING = {};

  private final Floor floor;
  private final Placing placing;
  private final Ending ending;

  Outcomes(Floor floor, Placing placing, Ending ending) {
    this.floor = floor;
    this.placing = placing;
    this.ending = ending;
  }

  /** One result of a message; ends up acknowledged when durable, or refused. */
  void result(Link link, AckWindow.Entry message, RunResult result) {
    LiveJob job = floor.jobs.get(result.attempt().job());
    int number = result.attempt().number();
    if (job == null || number > job.attempts.size()) {
      past(link, message, result);
    } else if (isLeasedTo(job.attempt(number), link, result)) {
      result(job, new LiveAttempt.Delivery(link, message), result);
    } else {
      refuse(link, message, result, notYours());
    }
  }

  private void result(LiveJob job, LiveAttempt.Delivery delivery, RunResult result) {
    LiveAttempt attempt = job.attempt(result.attempt().number());
    if (!attempt.isRunning()) {
      again(delivery, attempt, result);
      return;
    }
    attempt.deliveries.add(delivery);
    if (!attempt.hasResultWaiting()) {
      attempt.whenDurable(() -> take(job, attempt, result));
    }
  }

  private static boolean isLeasedTo(LiveAttempt attempt, Link link, RunResult result) {
    return attempt.machine.provider().equals(link.machine.provider())
        && attempt.seat.id.equals(result.slot());
  }

  /** A second result, or one that comes after the attempt was ended by somebody else. */
  private void again(LiveAttempt.Delivery delivery, LiveAttempt attempt, RunResult result) {
    boolean byResult =
        attempt.state == AttemptState.SUCCEEDED || attempt.state == AttemptState.FAILED;
    if (!byResult) {
      refuse(delivery.link(), delivery.message(), result, over(attempt.state));
    } else if (attempt.endDurable) {
      ending.acknowledge(delivery.link(), delivery.message());
    } else {
      attempt.deliveries.add(delivery);
    }
  }

  /** The job is not in memory: it ended long ago, or never was. */
  private void past(Link link, AckWindow.Entry message, RunResult result) {
    floor
        .ports
        .past()
        .find(result.attempt())
        .whenComplete(
            (fact, error) -> {
              floor.lock.lock();
              try {
                // Without an answer from the rows the message stays open and is sent again.
                if (error == null) {
                  judgePast(link, message, result, fact);
                }
              } finally {
                floor.lock.unlock();
              }
            });
  }

  private void judgePast(
      Link link, AckWindow.Entry message, RunResult result, Optional<PastAttempts.Fact> fact) {
    if (fact.isEmpty()
        || !fact.get().provider().equals(link.machine.provider())
        || !fact.get().slot().equals(result.slot())) {
      refuse(link, message, result, notYours());
    } else if (fact.get().state() == AttemptState.SUCCEEDED
        || fact.get().state() == AttemptState.FAILED) {
      ending.acknowledge(link, message);
    } else {
      refuse(link, message, result, over(fact.get().state()));
    }
  }

  private void refuse(Link link, AckWindow.Entry message, RunResult result, Problem why) {
    floor.meters.resultRefused();
    floor.ports.courier().refused(link.id, result.attempt(), why);
    ending.acknowledge(link, message);
  }

  private void take(LiveJob job, LiveAttempt attempt, RunResult result) {
    if (!attempt.isRunning() || job.ending) {
      return;
    }
    long heldMicros = 1000 * (floor.now() - attempt.leasedMillis + 1);
    attempt.runMicros = Math.max(0, Math.min(result.runMicros(), heldMicros));
    attempt.log = result.log();
    if (result.problem() == null) {
      attempt.sha256 = result.sha256();
      attempt.seat.measured(heldMicros);
      attempt.seat.done++;
      attempt.end(AttemptState.SUCCEEDED, null);
    } else {
      attempt.end(AttemptState.FAILED, result.problem());
    }
    decide(job, result.output());
    placing.pump(job.desk);
  }

  /** An attempt ended without a result: the lease ran out or the seat is gone. */
  void lost(LiveAttempt attempt, Problem why) {
    LiveJob job = floor.jobs.get(attempt.ref.job());
    if (job == null || job.ending || !attempt.isRunning()) {
      return;
    }
    attempt.end(AttemptState.EXPIRED, why);
    ending.cancelAt(attempt);
    if (job.durable) {
      decide(job, NOTHING);
    }
  }

  /** Moves a job on by what its attempts say; the output is that of the newest result. */
  void decide(LiveJob job, byte[] output) {
    Verdict verdict = Verdict.of(job);
    if (verdict instanceof Verdict.Agreed agreed) {
      ending.complete(job, agreed.winners(), output);
    } else if (verdict instanceof Verdict.Failed failed) {
      ending.giveUp(job, JobState.FAILED, failed.problem());
    } else if (verdict instanceof Verdict.Open open) {
      ending.goOn(job);
      placing.more(job, open.copies());
    }
  }

  private static Problem notYours() {
    return SkepException.of("not-your-lease", 409)
        .fault(Fault.PROVIDER)
        .because("this attempt was not leased to this wallet and slot")
        .hint("Only who holds the lease can answer; the job is not affected.")
        .problem();
  }

  private static Problem over(AttemptState state) {
    return SkepException.of("attempt-ended", 409)
        .fault(Fault.PROVIDER)
        .because("the attempt was " + state + " before the result came")
        .hint("Nothing to do: the job went on without it. Answer before the lease ends.")
        .problem();
  }
}
