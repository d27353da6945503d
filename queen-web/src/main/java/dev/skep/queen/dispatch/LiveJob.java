package dev.skep.queen.dispatch;

import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An open job in memory; it leaves when its end is durable. */
final class LiveJob {
  final JobId id;
  final PoolDesk desk;
  final WalletAddress client;
  final byte[] input;
  final Policy policy;
  final TokenAmount reserved;
  final JobLedger.Deadlines deadlines;
  final List<LiveAttempt> attempts = new ArrayList<>(2);
  final CompletableFuture<Void> accepted = new CompletableFuture<>();
  final CompletableFuture<Answer> answer = new CompletableFuture<>();

  JobState state = JobState.QUEUED;
  long queueUntilMillis;

  /** Its row is in the database. */
  boolean durable;

  /** Its end is decided and on the way to the ledger. */
  boolean ending;

  /** Who listens to it while it runs. */
  Hearing heard = Hearing.ANSWER;

  /** In the desk's queue. */
  boolean waiting;

  LiveJob(JobLedger.JobHead head, PoolDesk desk, byte[] input) {
    this.id = head.id();
    this.desk = desk;
    this.client = head.client();
    this.input = input;
    Policy terms = desk.terms.policy();
    this.policy = new Policy(terms.kind(), head.copies(), head.agree(), terms.distinctBy());
    this.reserved = head.reserved();
    this.deadlines = head.deadlines();
    this.queueUntilMillis = deadlines.queueUntil().toEpochMilli();
  }

  /** Its input is too long for a message. */
  boolean hasBlob() {
    return BlobRef.isMark(input);
  }

  private @Nullable Runnable whenDurable;

  /** Runs now, or as soon as the job's row is there; only the first wish counts. */
  void whenDurable(Runnable then) {
    if (durable) {
      then.run();
    } else if (whenDurable == null) {
      whenDurable = then;
    }
  }

  void nowDurable() {
    Runnable then = whenDurable;
    whenDurable = null;
    if (then != null) {
      then.run();
    }
  }

  Ticket ticket() {
    return new Ticket(id, accepted, answer);
  }

  JobLedger.JobHead head() {
    return new JobLedger.JobHead(
        id, desk.terms.id(), client, state, policy.copies(), policy.agree(), reserved, deadlines);
  }

  void move(JobState next) {
    if (next != state) {
      state = JobState.TRANSITIONS.check(state, next);
    }
  }

  boolean isRunning() {
    return attempts.stream().anyMatch(LiveAttempt::isRunning);
  }

  LiveAttempt attempt(int number) {
    return attempts.get(number - 1);
  }

  /**
   * Not to a slot that had it, unless the job itself asked for another attempt; a running or valid
   * copy keeps its key to itself.
   */
  boolean allows(Seat seat) {
    if (hasBlob() && (seat.link == null || !seat.link.takesBlobs)) {
      return false;
    }
    for (LiveAttempt attempt : attempts) {
      boolean had = attempt.seat == seat && !Verdict.askedForAnother(attempt);
      if (had || sharesKey(attempt, seat)) {
        return false;
      }
    }
    return true;
  }

  private boolean sharesKey(LiveAttempt attempt, Seat seat) {
    boolean counts = attempt.isRunning() || attempt.state == AttemptState.SUCCEEDED;
    return counts
        && policy.copies() > 1
        && attempt
            .machine
            .distinctKey(policy.distinctBy())
            .equals(seat.machine.distinctKey(policy.distinctBy()));
  }
}
