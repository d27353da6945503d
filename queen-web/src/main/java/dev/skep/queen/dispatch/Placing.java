package dev.skep.queen.dispatch;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.job.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Gives jobs to seats. Called with the floor's lock held. */
final class Placing {
  /** How far a free seat looks past jobs that may not have it. */
  private static final int LOOK_AHEAD = 256;

  private final Floor floor;
  private final Writes writes;

  Placing(Floor floor, Writes writes) {
    this.floor = floor;
    this.writes = writes;
  }

  /** Leases at birth: they travel in the acceptance; the offers leave at once. */
  List<JobLedger.Lease> firstLeases(LiveJob job) {
    List<JobLedger.Lease> leases = new ArrayList<>(2);
    for (LiveAttempt attempt : seat(job, job.policy.copies())) {
      leases.add(lease(attempt));
    }
    return leases;
  }

  void offer(LiveJob job) {
    job.attempts.forEach(attempt -> offer(job, attempt));
  }

  /** The same when seats may have been lost meanwhile. */
  void offerLate(LiveJob job) {
    job.attempts.stream().filter(LiveAttempt::isRunning).forEach(attempt -> offer(job, attempt));
  }

  /** Starts more copies of a durable job now, and queues it for the ones that find no seat. */
  void more(LiveJob job, int copies) {
    for (LiveAttempt attempt : seat(job, copies)) {
      offer(job, attempt);
      write(attempt);
    }
  }

  /** Gives free seats to waiting jobs, oldest first. */
  void pump(PoolDesk desk) {
    Iterator<LiveJob> queue = List.copyOf(firstOf(desk)).iterator();
    while (queue.hasNext() && desk.hasFreeSeat()) {
      LiveJob job = queue.next();
      if (Verdict.of(job) instanceof Verdict.Open open && open.copies() > 0) {
        more(job, open.copies());
      } else {
        desk.unqueue(job);
      }
    }
  }

  private static List<LiveJob> firstOf(PoolDesk desk) {
    return desk.waiting.isEmpty() || !desk.hasFreeSeat()
        ? List.of()
        : desk.waiting.stream().filter(job -> job.durable).limit(LOOK_AHEAD).toList();
  }

  private List<LiveAttempt> seat(LiveJob job, int copies) {
    List<LiveAttempt> started = new ArrayList<>(copies);
    for (int i = 0; i < copies; i++) {
      Seat seat = job.desk.seatFor(job);
      if (seat == null) {
        break;
      }
      started.add(start(job, seat));
    }
    if (!started.isEmpty()) {
      job.move(JobState.LEASED);
    }
    if (started.size() < copies) {
      job.desk.queue(job, !job.attempts.isEmpty());
    } else {
      job.desk.unqueue(job);
    }
    return started;
  }

  private LiveAttempt start(LiveJob job, Seat seat) {
    long now = floor.now();
    long leaseUntil =
        Math.min(
            job.deadlines.totalUntil().toEpochMilli(),
            now + job.deadlines.runLimitMillis() + floor.settings.leaseSlack().toMillis());
    boolean own = seat.machine.provider().equals(job.desk.terms.owner());
    AttemptRef ref = new AttemptRef(job.id, job.attempts.size() + 1);
    LiveAttempt attempt =
        new LiveAttempt(ref, seat, seat.machine, new LiveAttempt.Lease(now, leaseUntil, own));
    job.attempts.add(attempt);
    seat.leases.add(attempt);
    return attempt;
  }

  private void offer(LiveJob job, LiveAttempt attempt) {
    Link link = attempt.seat.link;
    if (link != null) {
      floor.meters.offered(floor.now() - job.deadlines.accepted().toEpochMilli());
      floor.ports.courier().offer(link.id, offerOf(job, attempt));
    }
  }

  private static Courier.Offer offerOf(LiveJob job, LiveAttempt attempt) {
    return new Courier.Offer(
        attempt.ref,
        attempt.seat.id,
        job.desk.terms.id(),
        job.input,
        job.deadlines.runLimitMillis(),
        job.heard != Hearing.ANSWER);
  }

  private void write(LiveAttempt attempt) {
    JobLedger.Lease lease = lease(attempt);
    writes.submit(
        "attempt " + attempt.ref,
        () -> floor.ports.ledger().lease(lease),
        done -> attempt.nowDurable());
  }

  private static JobLedger.Lease lease(LiveAttempt attempt) {
    SessionId session = Objects.requireNonNull(attempt.seat.link, "a free seat has a link").id;
    return new JobLedger.Lease(
        attempt.ref,
        attempt.seat.id,
        attempt.machine,
        session,
        Instant.ofEpochMilli(attempt.leasedMillis),
        Instant.ofEpochMilli(attempt.leaseUntilMillis),
        attempt.own);
  }
}
