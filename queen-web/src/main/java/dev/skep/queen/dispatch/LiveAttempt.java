package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.job.AttemptState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One lease of a job to a slot, in memory. */
final class LiveAttempt {
  final AttemptRef ref;
  final Seat seat;
  final Machine machine;
  final boolean own;
  final long leasedMillis;
  final long leaseUntilMillis;

  /** Messages that wait until this attempt's end is durable. */
  final List<Delivery> deliveries = new ArrayList<>(1);

  AttemptState state = AttemptState.LEASED;
  RunResult.RunLog log = RunResult.RunLog.EMPTY;
  long runMicros;
  byte @Nullable [] sha256;
  @Nullable Problem problem;

  /** The lease is in the database. */
  boolean durable;

  /** The end was handed to the ledger. */
  boolean endWritten;

  /** The end is in the database. */
  boolean endDurable;

  private @Nullable Runnable whenDurable;

  /** The result came with this message of this session. */
  record Delivery(Link link, AckWindow.Entry message) {}

  LiveAttempt(AttemptRef ref, Seat seat, Machine machine, Lease lease) {
    this.ref = ref;
    this.seat = seat;
    this.machine = machine;
    this.own = lease.own();
    this.leasedMillis = lease.fromMillis();
    this.leaseUntilMillis = lease.untilMillis();
  }

  /** When it was given out and until when it is believed in. */
  record Lease(long fromMillis, long untilMillis, boolean own) {}

  boolean isRunning() {
    return state == AttemptState.LEASED;
  }

  void end(AttemptState next, @Nullable Problem why) {
    state = AttemptState.TRANSITIONS.check(state, next);
    problem = why;
    seat.leases.remove(this);
  }

  /** A result may come before the lease is durable; it is looked at afterwards. */
  void whenDurable(Runnable then) {
    if (durable) {
      then.run();
    } else if (whenDurable == null) {
      whenDurable = then;
    }
  }

  boolean hasResultWaiting() {
    return whenDurable != null;
  }

  void nowDurable() {
    durable = true;
    Runnable then = whenDurable;
    whenDurable = null;
    if (then != null) {
      then.run();
    }
  }
}
