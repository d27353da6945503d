package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher of one node: takes jobs in, leases them to slots, verifies results and has them
 * paid. Thread-safe; no call blocks on a database, a broker or a client.
 *
 * <p>Delivery: an accepted job runs at least once and ends exactly once; each attempt leaves at
 * most one receipt; {@code paid <= reserved} for every job.
 */
public final class Dispatcher {
  private final Floor floor;
  private final Writes writes;
  private final Ending ending;
  private final Outcomes outcomes;
  private final Placing placing;
  private final Presence presence;
  private final Detectors detectors;
  private final Intake intake;
  private final Recovery recovery;

  public Dispatcher(Clock clock, Settings settings, Ports ports, Uuid7 ids) {
    floor = new Floor(clock, settings, ports);
    writes = new Writes(floor);
    ending = new Ending(floor, writes);
    placing = new Placing(floor, writes);
    outcomes = new Outcomes(floor, placing, ending);
    presence = new Presence(floor, placing, outcomes);
    detectors = new Detectors(floor, ending, outcomes, presence);
    intake = new Intake(floor, placing, outcomes, ending, ids);
    recovery = new Recovery(floor, outcomes);
  }

  /** Takes a job in, or says why not; the ticket's futures tell when it is durable and over. */
  public Ticket submit(Submission submission) {
    return locked(() -> intake.submit(submission));
  }

  /** The ticket of a job that has not ended yet. */
  public Optional<Ticket> find(JobId job) {
    return locked(() -> Optional.ofNullable(floor.jobs.get(job)).map(LiveJob::ticket));
  }

  /** What is wanted of an attempt that this session holds; nothing of one it does not hold. */
  public Hearing hearing(SessionId session, AttemptRef attempt) {
    return locked(
        () -> {
          LiveJob job = floor.jobs.get(attempt.job());
          if (job == null || attempt.number() > job.attempts.size()) {
            return Hearing.ANSWER;
          }
          return isAt(session, job.attempt(attempt.number())) ? job.heard : Hearing.ANSWER;
        });
  }

  /** Its result may have overtaken what it still has to tell. */
  private static boolean isAt(SessionId session, LiveAttempt attempt) {
    Link link = attempt.seat.link;
    boolean over = attempt.state == AttemptState.CANCELLED || attempt.state == AttemptState.EXPIRED;
    return !over && link != null && link.id.equals(session);
  }

  /** What a session works on under this attempt; empty unless it holds the lease now. */
  public Optional<Held> held(SessionId session, AttemptRef attempt) {
    return locked(
        () -> {
          LiveJob job = floor.jobs.get(attempt.job());
          if (job == null || job.ending || attempt.number() > job.attempts.size()) {
            return Optional.empty();
          }
          LiveAttempt lease = job.attempt(attempt.number());
          boolean live = lease.isRunning() && floor.now() < lease.leaseUntilMillis;
          return live && isAt(session, lease)
              ? Optional.of(new Held(job.desk.terms.id(), job.input))
              : Optional.empty();
        });
  }

  /** Stops a job; true when it was still open. Attempts that run are told to stop. */
  public boolean cancel(JobId id) {
    return locked(
        () -> {
          LiveJob job = floor.jobs.get(id);
          if (job == null || job.ending) {
            return false;
          }
          job.whenDurable(() -> cancelNow(job));
          return true;
        });
  }

  private void cancelNow(LiveJob job) {
    if (!job.ending) {
      ending.giveUp(job, JobState.CANCELLED, cancelled());
      placing.pump(job.desk);
    }
  }

  /** A connector logged in; its earlier session on the same machine hands its slots over. */
  public void join(SessionId session, Machine machine) {
    join(session, machine, false);
  }

  /** The same; {@code takesBlobs} when it fetches inputs that are too long for a message. */
  public void join(SessionId session, Machine machine, boolean takesBlobs) {
    run(() -> presence.join(session, machine, takesBlobs));
  }

  /** The way to a connector is gone; its slots wait for its return until it counts as lost. */
  public void leave(SessionId session) {
    run(session, presence::detach);
  }

  /** Ends a session for good: the connector said so (LEFT), or it was banned (LOST). */
  public void close(SessionId session, SlotState state, Problem why) {
    run(session, link -> presence.close(link, state, why));
  }

  /** A session took a new slot of a pool; it takes offers once it is WARM and has credits. */
  public void claim(SessionId session, SlotId slot, PoolId pool) {
    run(() -> presence.claim(link(session), slot, pool));
  }

  /** Gives one slot back. */
  public void release(SlotId slot) {
    run(
        () -> {
          Seat seat = floor.seats.get(slot);
          if (seat != null) {
            presence.give(seat, SlotState.LEFT, released());
          }
        });
  }

  /** Windows of offers, and the attempts the connector still holds. */
  public void pull(SessionId session, List<Window> windows, Collection<AttemptRef> held) {
    message(session, link -> presence.pull(link, windows, held));
  }

  public void slots(SessionId session, List<SlotReport> reports) {
    message(session, link -> reports.forEach(report -> presence.report(link, report)));
  }

  /** Results of one message; it is acknowledged when all of them are durable or refused. */
  public void results(SessionId session, long sequence, List<RunResult> results) {
    List<RunResult> checked = results.stream().map(ResultCheck::checked).toList();
    message(
        session,
        link -> {
          AckWindow.Entry message = link.acks.open(sequence, Math.max(1, checked.size()));
          checked.forEach(result -> outcomes.result(link, message, result));
          if (checked.isEmpty()) {
            ending.acknowledge(link, message);
          }
        });
  }

  /** A pool came or changed; {@code spent} counts only when the pool was not known. */
  public void pool(PoolTerms terms, TokenAmount granted, TokenAmount spent) {
    run(
        () -> {
          PoolDesk desk = floor.desks.get(terms.id());
          if (desk == null) {
            desk = new PoolDesk(terms);
            desk.budget.restore(granted, spent);
            floor.desks.put(terms.id(), desk);
          }
          desk.terms = terms;
          desk.budget.grant(granted);
        });
  }

  /** A slot row of an earlier start; its connector may come back to it. */
  public void restoreSlot(SlotId slot, PoolId pool, Machine machine, SlotState state) {
    run(() -> recovery.seat(slot, pool, machine, state));
  }

  /** An open job of an earlier start, with all its attempts in order. */
  public void restoreJob(JobLedger.JobHead head, byte[] input, List<PastAttempt> attempts) {
    run(() -> recovery.job(head, input, attempts));
  }

  public void expireQueued() {
    run(detectors::queueDeadlines);
  }

  public void expireTotals() {
    run(detectors::totalDeadlines);
  }

  public void expireLeases() {
    run(detectors::leaseDeadlines);
  }

  public void loseSilentSessions() {
    run(detectors::lostSessions);
  }

  public void loseAbandonedSlots() {
    run(detectors::abandonedSlots);
  }

  /** Sends writes again that failed. */
  public void retryWrites() {
    run(writes::retry);
  }

  /** True once after a commit whose fate is unknown: the caller compares the rows with memory. */
  public boolean takeDoubt() {
    return locked(
        () -> {
          boolean doubt = floor.inDoubt;
          floor.inDoubt = false;
          return doubt;
        });
  }

  /** The comparison after {@link #takeDoubt} did not work; it is wanted again. */
  public void doubt() {
    run(() -> floor.inDoubt = true);
  }

  /** Results per slot since the last call. */
  public Map<SlotId, Long> takeJobsDone() {
    return locked(
        () -> {
          Map<SlotId, Long> done = new LinkedHashMap<>();
          for (Seat seat : floor.seats.values()) {
            if (seat.done > 0) {
              done.put(seat.id, seat.done);
              seat.done = 0;
            }
          }
          return done;
        });
  }

  /** The sessions that count as present. */
  public Set<SessionId> sessions() {
    return locked(() -> Set.copyOf(floor.links.keySet()));
  }

  public PoolLoad load(PoolId pool) {
    return locked(() -> PoolLoad.of(floor.desk(pool)));
  }

  public List<PoolLoad> loads() {
    return locked(() -> floor.desks.values().stream().map(PoolLoad::of).toList());
  }

  public Meters meters() {
    return floor.meters;
  }

  private Link link(SessionId session) {
    Link link = floor.links.get(session);
    if (link == null) {
      throw SkepException.of("session-not-found", 404)
          .because("the connector session is over or unknown")
          .hint("Log in again.");
    }
    return link;
  }

  /** Messages of a session that is gone are void: its connector resends in its next one. */
  private void message(SessionId session, Consumer<Link> action) {
    run(
        () -> {
          @Nullable Link link = floor.links.get(session);
          if (link == null) {
            floor.ports.courier().goodbye(session, "this session is over");
          } else {
            link.heardMillis = floor.now();
            action.accept(link);
          }
        });
  }

  private void run(SessionId session, Consumer<Link> action) {
    run(
        () -> {
          @Nullable Link link = floor.links.get(session);
          if (link != null) {
            action.accept(link);
          }
        });
  }

  private void run(Runnable action) {
    floor.lock.lock();
    try {
      action.run();
    } finally {
      floor.lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> action) {
    floor.lock.lock();
    try {
      return action.get();
    } finally {
      floor.lock.unlock();
    }
  }

  private static Problem cancelled() {
    return SkepException.of("job-cancelled", 409).because("the client cancelled the job").problem();
  }

  private static Problem released() {
    return SkepException.of("slot-released", 409).because("the provider gave it back").problem();
  }
}
