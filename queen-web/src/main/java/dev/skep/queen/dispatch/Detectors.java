package dev.skep.queen.dispatch;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.slot.SlotState;
import java.util.List;

/**
 * Moves on what waits too long; one method per waiting state, each called by a timer of its own.
 * Called with the floor's lock held.
 */
final class Detectors {
  private final Floor floor;
  private final Ending ending;
  private final Outcomes outcomes;
  private final Presence presence;

  Detectors(Floor floor, Ending ending, Outcomes outcomes, Presence presence) {
    this.floor = floor;
    this.ending = ending;
    this.outcomes = outcomes;
    this.presence = presence;
  }

  void queueDeadlines() {
    long now = floor.now();
    for (PoolDesk desk : floor.desks.values()) {
      for (LiveJob job : List.copyOf(desk.waiting)) {
        boolean late = job.queueUntilMillis <= now && !desk.isPaused();
        if (job.durable && late && !job.isRunning()) {
          ending.giveUp(job, JobState.EXPIRED, noSlot(job));
        }
      }
    }
  }

  /** What waited through a pause has its time in the queue anew, within its time in all. */
  void resume(PoolDesk desk) {
    long until = floor.now() + desk.terms.limits().queue().toMillis();
    for (LiveJob job : desk.waiting) {
      job.queueUntilMillis = Math.min(until, job.deadlines.totalUntil().toEpochMilli());
    }
  }

  void totalDeadlines() {
    long now = floor.now();
    for (LiveJob job : List.copyOf(floor.jobs.values())) {
      if (job.durable && !job.ending && job.deadlines.totalUntil().toEpochMilli() <= now) {
        ending.giveUp(job, JobState.EXPIRED, tooLong());
      }
    }
  }

  void leaseDeadlines() {
    long now = floor.now();
    for (Seat seat : List.copyOf(floor.seats.values())) {
      for (LiveAttempt attempt : List.copyOf(seat.leases)) {
        if (attempt.leaseUntilMillis <= now && !attempt.hasResultWaiting()) {
          outcomes.lost(attempt, leaseOver());
        }
      }
    }
  }

  void lostSessions() {
    long silentSince = floor.now() - floor.settings.silence().toMillis();
    for (Link link : List.copyOf(floor.links.values())) {
      if (link.heardMillis < silentSince) {
        floor.meters.sessionLost();
        presence.close(link, SlotState.LOST, silent());
        floor.ports.courier().goodbye(link.id, "silent");
      }
    }
  }

  /** Slots whose connector did not come back. */
  void abandonedSlots() {
    long now = floor.now();
    for (Seat seat : List.copyOf(floor.seats.values())) {
      if (seat.link == null && seat.state != SlotState.LOST && seat.graceUntilMillis <= now) {
        presence.give(seat, SlotState.LOST, silent());
      }
    }
  }

  private static Problem noSlot(LiveJob job) {
    if (!job.attempts.isEmpty()) {
      return SkepException.of("no-other-slot", 503)
          .because("no other slot took the job after " + job.attempts.size() + " attempts")
          .hint("Send it again when more providers serve the pool.")
          .problem();
    }
    return SkepException.of("queue-deadline", 503)
        .because("no slot was free before the job's queue deadline")
        .hint("Send it again later, or raise deadlines.queue of the pool.")
        .problem();
  }

  private static Problem tooLong() {
    return SkepException.of("total-deadline", 504)
        .because("the job did not end before its total deadline")
        .hint("Raise deadlines.total of the pool, or look at the job's attempts.")
        .problem();
  }

  private static Problem leaseOver() {
    return SkepException.of("lease-expired", 503)
        .fault(Fault.PROVIDER)
        .because("no result came before the lease ran out")
        .problem();
  }

  private static Problem silent() {
    return SkepException.of("session-lost", 503)
        .fault(Fault.PROVIDER)
        .because("the connector was not heard of for too long")
        .problem();
  }
}
