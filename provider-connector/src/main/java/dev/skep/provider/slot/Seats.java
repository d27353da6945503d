package dev.skep.provider.slot;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.Offer;
import dev.skep.protocol.wire.Pull.SlotCredit;
import dev.skep.protocol.wire.SlotReports.SlotReport;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.stream.JobStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The slots that this connector fills in one pool. Containers start in parallel, but not more at a
 * time than the machine bears. Thread-safe.
 */
public final class Seats implements AutoCloseable {
  private final JobRuntime runtime;
  private final JobStreams streams;
  private final LargePayloads payloads;
  private final SeatListener listener;
  private final Semaphore starts;
  private final List<Seat> seats = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean opened;
  private volatile boolean paused;

  /** {@code parallelStarts} containers are started at a time. */
  public Seats(JobRuntime runtime, JobStreams streams, int parallelStarts, SeatListener listener) {
    this(runtime, streams, LargePayloads.NONE, parallelStarts, listener);
  }

  /** The same, with payloads that are too long for a message. */
  public Seats(
      JobRuntime runtime,
      JobStreams streams,
      LargePayloads payloads,
      int parallelStarts,
      SeatListener listener) {
    this.payloads = payloads;
    this.runtime = runtime;
    this.streams = streams;
    this.listener = listener;
    this.starts = new Semaphore(parallelStarts);
  }

  /**
   * Gives the seats their slots: makes seats the first time; later, after a new sign-in, hands the
   * new slot ids to the seats that still serve. Returns the slot ids that found no seat.
   */
  public synchronized List<SlotId> assign(List<SlotId> slots, JobSpec spec) {
    seats.removeIf(seat -> !serves(seat));
    int seated = seats.size();
    List<SlotId> spare = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      if (!opened) {
        open(slots.get(i), spec);
      } else if (i < seated) {
        seats.get(i).reassign(slots.get(i), spec);
      } else {
        spare.add(slots.get(i));
      }
    }
    opened = true;
    listener.changed();
    return spare;
  }

  private void open(SlotId slot, JobSpec spec) {
    Seat seat =
        new Seat(new Seat.Surroundings(runtime, streams, payloads, starts, listener), slot, spec);
    Thread thread = new Thread(seat, "seat-" + (seats.size() + 1));
    seats.add(seat);
    threads.add(thread);
    thread.start();
  }

  private static boolean serves(Seat seat) {
    SlotState state = seat.state().state();
    return state == SlotState.LOADING || state == SlotState.WARM;
  }

  /** How many seats serve or will. */
  public synchronized int serving() {
    return (int) seats.stream().filter(Seats::serves).count();
  }

  /** Hands an offer to its seat; one for a slot that is not here is answered at once. */
  public void offer(Offer offer) {
    Optional<Seat> seat = seatOf(offer.slot());
    if (seat.isEmpty() || !seat.get().offer(offer)) {
      listener.finished(Refused.unknownSlot(offer));
    }
  }

  private synchronized Optional<Seat> seatOf(SlotId slot) {
    return seats.stream().filter(seat -> seat.slotId().equals(slot)).findFirst();
  }

  public void cancel(AttemptRef attempt) {
    all().forEach(seat -> seat.cancel(attempt));
  }

  private synchronized List<Seat> all() {
    return List.copyOf(seats);
  }

  public List<SlotCredit> credits() {
    return all().stream()
        .map(seat -> new SlotCredit(seat.slotId(), paused ? 0 : seat.credits()))
        .toList();
  }

  /** Asks for no more offers, or asks again; what is held is finished either way. */
  public void pause(boolean pause) {
    paused = pause;
    listener.changed();
  }

  /** Attempts that wait or run here. */
  public List<AttemptRef> held() {
    return all().stream().flatMap(seat -> seat.held().stream()).toList();
  }

  /** What the queen should know; a seat that is still loading is not news. */
  public List<SlotReport> reports() {
    List<SlotReport> reports = new ArrayList<>();
    for (Seat seat : all()) {
      SeatState state = seat.state();
      if (state.state() != SlotState.LOADING) {
        reports.add(
            new SlotReport(
                seat.slotId(),
                state.state(),
                state.containerId(),
                state.state() == SlotState.FAILED ? state.problem() : null));
      }
    }
    return reports;
  }

  public List<SeatState> states() {
    return all().stream().map(Seat::state).toList();
  }

  /** Finishes what is held and takes nothing more; waits at most {@code patience}. */
  public void drain(Duration patience) throws InterruptedException {
    all().forEach(Seat::drain);
    listener.changed();
    long end = System.nanoTime() + patience.toNanos();
    for (Thread thread : threadsNow()) {
      thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }

  private synchronized List<Thread> threadsNow() {
    return List.copyOf(threads);
  }

  /** Ends every seat at once. */
  @Override
  public void close() {
    all().forEach(Seat::close);
    threadsNow().forEach(Thread::interrupt);
  }
}
