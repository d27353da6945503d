package dev.skep.queen.dispatch;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.slot.SlotState;
import java.util.List;

/** Brings rows back into memory after a start. Called with the floor's lock held. */
final class Recovery {
  private final Floor floor;
  private final Outcomes outcomes;

  Recovery(Floor floor, Outcomes outcomes) {
    this.floor = floor;
    this.outcomes = outcomes;
  }

  /** A slot of an earlier session: it waits for its connector. */
  Seat seat(SlotId id, PoolId pool, Machine machine, SlotState state) {
    Seat known = floor.seats.get(id);
    if (known != null) {
      return known;
    }
    Seat seat = new Seat(id, pool, machine, state);
    seat.graceUntilMillis = floor.now() + floor.settings.returnGrace().toMillis();
    if (!seat.isGone()) {
      floor.seats.put(id, seat);
      floor.desk(pool).seats.add(seat);
    }
    return seat;
  }

  /** An open job with all its attempts; jobs already in memory are left alone. */
  void job(JobLedger.JobHead head, byte[] input, List<PastAttempt> attempts) {
    if (floor.jobs.containsKey(head.id())) {
      return;
    }
    LiveJob job = new LiveJob(head, floor.desk(head.pool()), input);
    job.state = head.state();
    job.durable = true;
    job.accepted.complete(null);
    job.desk.budget.reserveAgain(job.reserved);
    floor.add(job);
    attempts.forEach(attempt -> add(job, attempt));
    resume(job);
  }

  private void add(LiveJob job, PastAttempt past) {
    JobLedger.Lease row = past.lease();
    Seat seat = floor.seats.get(row.slot());
    if (seat == null) {
      seat = new Seat(row.slot(), job.desk.terms.id(), row.machine(), SlotState.LEFT);
    }
    LiveAttempt.Lease lease =
        new LiveAttempt.Lease(
            row.leasedAt().toEpochMilli(), row.leaseUntil().toEpochMilli(), row.own());
    LiveAttempt attempt = new LiveAttempt(row.attempt(), seat, row.machine(), lease);
    attempt.durable = true;
    attempt.state = past.state();
    attempt.runMicros = past.runMicros();
    attempt.sha256 = past.sha256();
    attempt.problem = past.problem();
    attempt.endWritten = past.state() != AttemptState.LEASED;
    attempt.endDurable = attempt.endWritten;
    job.attempts.add(attempt);
    if (attempt.isRunning()) {
      seat.leases.add(attempt);
    }
  }

  /** LEASED attempts wait for their lease or their connector; the rest queues. */
  private void resume(LiveJob job) {
    boolean orphaned = false;
    for (LiveAttempt attempt : List.copyOf(job.attempts)) {
      orphaned |= attempt.isRunning() && attempt.seat.isGone();
      if (attempt.isRunning() && attempt.seat.isGone()) {
        attempt.end(AttemptState.EXPIRED, null);
      }
    }
    if (orphaned || !job.isRunning() && job.state == JobState.LEASED) {
      outcomes.decide(job, new byte[0]);
    } else if (Verdict.of(job) instanceof Verdict.Open open && open.copies() > 0) {
      job.desk.queue(job, false);
    }
  }
}
