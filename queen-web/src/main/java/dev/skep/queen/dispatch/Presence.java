package dev.skep.queen.dispatch;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is there: sessions come and go, slots change hands. Called with the floor's lock held. */
final class Presence {
  private final Floor floor;
  private final Placing placing;
  private final Outcomes outcomes;

  Presence(Floor floor, Placing placing, Outcomes outcomes) {
    this.floor = floor;
    this.placing = placing;
    this.outcomes = outcomes;
  }

  /** A connector logged in; an older session of the same place hands over. */
  void join(SessionId session, Machine machine, boolean takesBlobs) {
    for (Link old : List.copyOf(floor.links.values())) {
      if (old.machine.isSamePlace(machine)) {
        detach(old);
      }
    }
    Link link = new Link(session, machine, floor.now());
    link.takesBlobs = takesBlobs;
    floor.links.put(session, link);
  }

  /** The way to the connector broke; its slots wait for it a while. */
  void detach(Link link) {
    floor.links.remove(link.id);
    long until = floor.now() + floor.settings.silence().toMillis();
    for (Seat seat : link.seats) {
      seat.link = null;
      seat.credits = 0;
      seat.graceUntilMillis = until;
    }
    link.seats.clear();
  }

  /** The session is over for good: its slots are given up and its attempts go elsewhere. */
  void close(Link link, SlotState state, Problem why) {
    Set<Seat> seats = new LinkedHashSet<>(link.seats);
    detach(link);
    seats.forEach(seat -> give(seat, state, why));
  }

  void claim(Link link, SlotId slot, PoolId pool) {
    Seat seat = new Seat(slot, pool, link.machine, SlotState.LOADING);
    floor.seats.put(slot, seat);
    floor.desk(pool).seats.add(seat);
    attach(seat, link);
  }

  /** Windows and, as a heartbeat, the attempts the connector still holds. */
  void pull(Link link, List<Window> windows, Collection<AttemptRef> held) {
    Set<PoolDesk> touched = new LinkedHashSet<>();
    Set<AttemptRef> holds = new HashSet<>(held);
    for (Window window : windows) {
      Seat seat = floor.seats.get(window.slot());
      if (seat != null && isAt(seat, link)) {
        window(link, seat, window, holds);
        touched.add(floor.desk(seat.pool));
      }
    }
    holds.forEach(attempt -> stopIfOver(link, attempt));
    touched.forEach(placing::pump);
  }

  private void window(Link link, Seat seat, Window window, Set<AttemptRef> held) {
    boolean returned = attach(seat, link);
    if (seat.state == SlotState.LOST && window.credits() > 0 && hasRoom(seat)) {
      move(seat, SlotState.WARM, null);
    }
    seat.credits = window.credits();
    if (returned) {
      forgetUnheld(seat, held);
    }
  }

  /** What the connector does not hold after its return was lost on the way. */
  private void forgetUnheld(Seat seat, Set<AttemptRef> held) {
    for (LiveAttempt attempt : List.copyOf(seat.leases)) {
      if (!held.contains(attempt.ref)) {
        outcomes.lost(attempt, lostProblem("the connector came back without it"));
      }
    }
  }

  private void stopIfOver(Link link, AttemptRef attempt) {
    LiveJob job = floor.jobs.get(attempt.job());
    if (job == null || job.ending || attempt.number() > job.attempts.size()) {
      floor.ports.courier().cancel(link.id, attempt);
    }
  }

  void report(Link link, SlotReport report) {
    Seat seat = floor.seats.get(report.slot());
    if (seat == null || !isAt(seat, link) || seat.isGone()) {
      return;
    }
    attach(seat, link);
    if (report.state() == SlotState.WARM) {
      move(seat, SlotState.WARM, report);
      placing.pump(floor.desk(seat.pool));
    } else if (report.state() == SlotState.FAILED || report.state() == SlotState.LEFT) {
      link.seats.remove(seat);
      seat.link = null;
      vacate(seat, report.state(), report);
    }
  }

  /** Ends a seat by our own decision. */
  void give(Seat seat, SlotState state, Problem why) {
    vacate(seat, state, new SlotReport(seat.id, state, null, why));
  }

  private void vacate(Seat seat, SlotState state, SlotReport report) {
    if (seat.isGone()) {
      return;
    }
    seat.credits = 0;
    move(seat, state, report);
    if (seat.isGone()) {
      floor.seats.remove(seat.id);
      floor.desk(seat.pool).seats.remove(seat);
    }
    String what = "slot " + seat.id + " is " + state;
    List.copyOf(seat.leases).forEach(a -> outcomes.lost(a, lostProblem(what)));
  }

  /** True when the seat came back from another session or from none. */
  private boolean attach(Seat seat, Link link) {
    if (seat.link == link) {
      return false;
    }
    if (seat.link != null) {
      seat.link.seats.remove(seat);
    }
    seat.link = link;
    seat.machine = link.machine;
    link.seats.add(seat);
    changed(seat, null);
    return true;
  }

  private void move(Seat seat, SlotState state, @Nullable SlotReport report) {
    seat.move(state);
    changed(seat, report);
  }

  private void changed(Seat seat, @Nullable SlotReport report) {
    @Nullable SessionId session = seat.link == null ? null : seat.link.id;
    @Nullable String container = report == null ? null : report.containerId();
    @Nullable Problem problem = report == null ? null : report.problem();
    floor
        .ports
        .slots()
        .changed(new SlotRecords.Change(seat.id, seat.state, session, container, problem));
  }

  private boolean hasRoom(Seat seat) {
    PoolDesk desk = floor.desk(seat.pool);
    return liveSeats(desk) < desk.terms.limits().slots();
  }

  static long liveSeats(PoolDesk desk) {
    return desk.seats.stream()
        .filter(seat -> seat.state == SlotState.WARM || seat.state == SlotState.LOADING)
        .count();
  }

  private static boolean isAt(Seat seat, Link link) {
    return seat.machine.isSamePlace(link.machine);
  }

  private static Problem lostProblem(String what) {
    return SkepException.of("attempt-lost", 503)
        .fault(Fault.PROVIDER)
        .because(what)
        .hint("The job goes on at another provider.")
        .problem();
  }
}
