package dev.skep.queen.dispatch;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes jobs in: budget first, then a seat, then the ledger. Called with the lock held. */
final class Intake {
  /** What the ledger says when an idempotency key has made a job before. */
  static final String KEY_USED = "idempotency-key-used";

  private final Floor floor;
  private final Placing placing;
  private final Outcomes outcomes;
  private final Ending ending;
  private final Uuid7 ids;
  private final SpotCheck spotCheck;

  Intake(Floor floor, Placing placing, Outcomes outcomes, Ending ending, Uuid7 ids) {
    this.floor = floor;
    this.placing = placing;
    this.outcomes = outcomes;
    this.ending = ending;
    this.ids = ids;
    this.spotCheck = new SpotCheck(floor.settings);
  }

  Ticket submit(Submission submission) {
    PoolDesk desk = floor.desk(submission.pool());
    requireOpen(desk);
    requireRoom(submission.input().length);
    LiveJob job = newJob(submission, desk);
    if (!desk.budget.reserve(job.reserved)) {
      throw budgetExhausted(desk);
    }
    floor.add(job);
    List<JobLedger.Lease> leases = placing.firstLeases(job);
    boolean mayBeReplay = submission.key() != null;
    write(job, submission, leases).whenComplete((done, error) -> accepted(job, error, mayBeReplay));
    if (!mayBeReplay) {
      placing.offer(job);
    }
    return job.ticket();
  }

  private LiveJob newJob(Submission submission, PoolDesk desk) {
    JobId id = new JobId(ids.next());
    Policy policy = desk.terms.policy();
    if (policy.kind() == Policy.Kind.SPOT_CHECK && spotCheck.draws(id) && desk.canCheck()) {
      policy = policy.checked();
    }
    TokenAmount reserved = desk.terms.price().perCopy().times(policy.copies());
    JobLedger.JobHead head =
        new JobLedger.JobHead(
            id,
            submission.pool(),
            submission.client(),
            JobState.QUEUED,
            policy.copies(),
            policy.agree(),
            reserved,
            deadlines(desk.terms.limits()));
    LiveJob job = new LiveJob(head, desk, submission.input());
    job.heard = submission.heard();
    return job;
  }

  private JobLedger.Deadlines deadlines(Limits limits) {
    Instant now = Instant.ofEpochMilli(floor.now());
    return new JobLedger.Deadlines(
        now,
        now.plus(limits.queue()),
        Math.toIntExact(limits.run().toMillis()),
        now.plus(limits.total()));
  }

  private CompletableFuture<Void> write(
      LiveJob job, Submission submission, List<JobLedger.Lease> leases) {
    return floor
        .ports
        .ledger()
        .accept(new JobLedger.Acceptance(job.head(), job.input, leases, submission.key()));
  }

  /**
   * A job without a key is offered while it is written. One with a key may be there already, and
   * then nobody must work on it a second time: it is offered when the ledger has taken it.
   */
  private void accepted(LiveJob job, Throwable error, boolean offer) {
    floor.lock.lock();
    try {
      if (error == null) {
        if (offer) {
          placing.offerLate(job);
        }
        durable(job);
      } else {
        notAccepted(job, error);
      }
    } finally {
      floor.lock.unlock();
    }
  }

  private void durable(LiveJob job) {
    job.durable = true;
    floor.meters.jobAccepted();
    floor.ports.answers().execute(() -> job.accepted.complete(null));
    boolean lostSome = job.attempts.stream().anyMatch(attempt -> !attempt.isRunning());
    List.copyOf(job.attempts).forEach(LiveAttempt::nowDurable);
    job.nowDurable();
    if (lostSome && !job.ending) {
      outcomes.decide(job, new byte[0]);
    }
    placing.pump(job.desk);
  }

  private void notAccepted(LiveJob job, Throwable error) {
    job.desk.budget.settle(job.reserved, TokenAmount.ZERO);
    floor.remove(job);
    ending.drop(job);
    floor.inDoubt |= !isRefusal(error);
    floor
        .ports
        .answers()
        .execute(
            () -> {
              job.accepted.completeExceptionally(error);
              job.answer.completeExceptionally(error);
            });
  }

  /** The ledger said no for certain: nothing was written. */
  private static boolean isRefusal(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof SkepException known && KEY_USED.equals(known.code());
  }

  private static void requireOpen(PoolDesk desk) {
    if (desk.terms.state() == PoolState.PAUSED) {
      throw SkepException.of("pool-paused", 409)
          .retryable(true)
          .because("pool " + desk.terms.id() + " takes no jobs while its owner pauses it")
          .hint("Its owner resumes it with: skep pool resume " + desk.terms.id());
    }
    if (desk.terms.state() != PoolState.OPEN) {
      throw SkepException.of("pool-not-open", 409)
          .because("pool " + desk.terms.id() + " is " + desk.terms.state())
          .retryable(desk.terms.state() == PoolState.OPENING)
          .hint("A new pool opens when its deposit is safe on the chain.");
    }
  }

  private void requireRoom(int bytes) {
    if (floor.liveInputBytes + bytes > floor.settings.liveInputBytes()) {
      throw SkepException.of("queue-full", 429)
          .fault(Fault.PLATFORM)
          .because("this queen holds as much input as it may")
          .hint("Wait for jobs to end, then send again.");
    }
  }

  private static SkepException budgetExhausted(PoolDesk desk) {
    return SkepException.of("budget-exhausted", 402)
        .because(
            "what is left of the pool's deposit ("
                + desk.budget.available().toHuman()
                + ") does not cover another job")
        .hint("Deposit more with: skep pool fund, or wait until running jobs free theirs.");
  }
}
