package dev.skep.queen.dispatch;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts and jobs: decides what is paid, hands the end to the ledger, tells client and
 * connectors when it is durable. Called with the floor's lock held.
 */
final class Ending {
  private static final byte[] NOTHING = {};
  private static final byte[] NO_RESULT = new byte[32];

  private final Floor floor;
  private final Writes writes;

  Ending(Floor floor, Writes writes) {
    this.floor = floor;
    this.writes = writes;
  }

  /** The copies agreed; this output is theirs. */
  void complete(LiveJob job, List<LiveAttempt> winners, byte[] output) {
    List<JobLedger.Receipt> receipts = new ArrayList<>(winners.size());
    for (LiveAttempt winner : winners) {
      pay(job, winner, job.desk.terms.price().ofResult(winner.runMicros), receipts);
    }
    cancelRunning(job);
    finish(job, new Last(JobState.COMPLETED, receipts, output, winners.get(0).sha256, null));
  }

  /** The job ends without an output. */
  void giveUp(LiveJob job, JobState state, Problem why) {
    cancelRunning(job);
    List<JobLedger.Receipt> receipts = new ArrayList<>(0);
    for (LiveAttempt attempt : job.attempts) {
      if (isPaidForStop(attempt, state, why)) {
        pay(job, attempt, job.desk.terms.price().ofStop(attempt.runMicros), receipts);
      }
    }
    finish(job, new Last(state, receipts, null, null, why));
  }

  /** Some attempts ended and the job goes on. */
  void goOn(LiveJob job) {
    job.move(job.isRunning() ? JobState.LEASED : JobState.QUEUED);
    if (!job.isRunning()) {
      long fresh = floor.now() + job.desk.terms.limits().queue().toMillis();
      job.queueUntilMillis = Math.max(job.queueUntilMillis, fresh);
    }
    List<LiveAttempt> ended = unwritten(job);
    JobLedger.End end = end(job, ended, new Last(job.state, List.of(), null, null, null));
    writes.submit(
        "job " + job.id, () -> floor.ports.ledger().end(end), done -> ended.forEach(this::settle));
  }

  private record Last(
      JobState state,
      List<JobLedger.Receipt> receipts,
      byte @Nullable [] output,
      byte @Nullable [] sha256,
      @Nullable Problem problem) {}

  private void finish(LiveJob job, Last last) {
    job.move(last.state);
    job.ending = true;
    job.desk.unqueue(job);
    List<LiveAttempt> ended = unwritten(job);
    JobLedger.End end = end(job, ended, last);
    writes.submit(
        "the end of job " + job.id,
        () -> floor.ports.ledger().end(end),
        won -> ended(job, last, ended, won));
  }

  private void ended(LiveJob job, Last last, List<LiveAttempt> attempts, boolean won) {
    // Not the first to end it: a commit that we took for lost had landed, or rows differ from us.
    floor.inDoubt |= !won;
    TokenAmount cost = sum(last.receipts);
    job.desk.budget.settle(job.reserved, cost);
    floor.remove(job);
    floor.meters.jobEnded(last.state);
    byte[] output = last.output == null ? NOTHING : last.output;
    Answer answer = new Answer(job.id, last.state, output, last.problem, cost);
    floor.ports.answers().execute(() -> job.answer.complete(answer));
    attempts.forEach(this::settle);
  }

  /** The attempt's end is durable: its result may be acknowledged. */
  private void settle(LiveAttempt attempt) {
    attempt.endDurable = true;
    attempt.deliveries.forEach(delivery -> acknowledge(delivery.link(), delivery.message()));
    attempt.deliveries.clear();
  }

  void acknowledge(Link link, AckWindow.Entry message) {
    if (message.settleOne()) {
      floor.ports.courier().accepted(link.id, link.acks.done());
    }
  }

  /** The job was never accepted: its attempts never were. */
  void drop(LiveJob job) {
    cancelRunning(job);
    job.attempts.forEach(this::settle);
  }

  /** Stops copies whose result nobody needs any more. */
  private void cancelRunning(LiveJob job) {
    Problem why = SkepException.of("attempt-cancelled", 409).because("the job ended").problem();
    for (LiveAttempt attempt : job.attempts) {
      if (attempt.isRunning()) {
        long held = Math.max(0, floor.now() - attempt.leasedMillis);
        attempt.runMicros = 1000 * Math.min(held, job.deadlines.runLimitMillis());
        attempt.end(AttemptState.CANCELLED, why);
        cancelAt(attempt);
      }
    }
  }

  void cancelAt(LiveAttempt attempt) {
    Link link = attempt.seat.link;
    if (link != null) {
      floor.ports.courier().cancel(link.id, attempt.ref);
    }
  }

  /**
   * Only a client's cancel and the job's own fault pay for seconds without a result. A cancel also
   * pays the copies that had answered before it: their work was asked for.
   */
  private static boolean isPaidForStop(LiveAttempt attempt, JobState state, Problem why) {
    boolean worked =
        attempt.state == AttemptState.CANCELLED
            || attempt.state == AttemptState.SUCCEEDED
            || Verdict.failedByJob(attempt);
    boolean cancelled = state == JobState.CANCELLED && worked;
    boolean jobsFault =
        state == JobState.FAILED && why.fault() == Fault.JOB && Verdict.failedByJob(attempt);
    return cancelled || jobsFault;
  }

  /** Own providers and zero amounts leave no receipt; the sum never passes the reservation. */
  private static void pay(
      LiveJob job, LiveAttempt attempt, TokenAmount price, List<JobLedger.Receipt> receipts) {
    TokenAmount amount = price.min(job.reserved.minus(sum(receipts)));
    if (!attempt.own && !amount.isZero()) {
      byte[] sha256 = attempt.sha256 == null ? NO_RESULT : attempt.sha256;
      receipts.add(
          new JobLedger.Receipt(
              attempt.ref, job.desk.terms.id(), attempt.machine.provider(), amount, sha256));
    }
  }

  private static TokenAmount sum(List<JobLedger.Receipt> receipts) {
    TokenAmount sum = TokenAmount.ZERO;
    for (JobLedger.Receipt receipt : receipts) {
      sum = sum.plus(receipt.amount());
    }
    return sum;
  }

  private static List<LiveAttempt> unwritten(LiveJob job) {
    List<LiveAttempt> ended = new ArrayList<>(2);
    for (LiveAttempt attempt : job.attempts) {
      if (!attempt.isRunning() && !attempt.endWritten) {
        attempt.endWritten = true;
        ended.add(attempt);
      }
    }
    return ended;
  }

  private JobLedger.End end(LiveJob job, List<LiveAttempt> ended, Last last) {
    List<JobLedger.AttemptEnd> attempts = new ArrayList<>(ended.size());
    for (LiveAttempt a : ended) {
      attempts.add(
          new JobLedger.AttemptEnd(a.ref, a.state, a.runMicros, a.sha256, a.log, a.problem));
      a.log = RunResult.RunLog.EMPTY;
    }
    return new JobLedger.End(
        job.id,
        last.state,
        Instant.ofEpochMilli(floor.now()),
        attempts,
        last.receipts,
        last.output,
        last.sha256,
        last.problem);
  }
}
