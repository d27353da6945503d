package dev.skep.provider.slot;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.AttemptResult;
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

/**
 * The slots that this connector fills in one pool. Containers start in parallel, but not more at a
 * time than the machine bears. Thread-safe.
 */
public final class Seats implements AutoCloseable {
  private final Seat.Surroundings around;
  private final Starter starter;
  private final SeatListener listener;
  private final List<Seat> seats = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean opened;
  private volatile boolean paused;
  private volatile boolean leaving;

  /** How seats are run: {@code parallelStarts} containers are started at a time. */
  public record Manner(int parallelStarts, Keeping keeping) {}

  public Seats(JobRuntime runtime, JobStreams streams, Manner manner, SeatListener listener) {
    this.listener = listener;
    this.starter = new Starter(runtime, manner.parallelStarts(), manner.keeping());
    this.around = new Seat.Surroundings(starter, new Serving(streams), manner.keeping(), new Ear());
  }

  private final class Ear implements SeatListener {
    @Override
    public void finished(AttemptResult result) {
      listener.finished(result);
    }

    @Override
    public void changed() {
      provideSpare();
      listener.changed();
    }
  }

  /** One spare while somebody works and nobody starts; none for those who want no jobs. */
  private void provideSpare() {
    List<Seat> all = all();
    Optional<Seat> atWork = all.stream().filter(seat -> is(seat, SlotState.WARM)).findFirst();
    boolean starting = all.stream().anyMatch(seat -> is(seat, SlotState.LOADING));
    if (paused || leaving || (atWork.isEmpty() && !starting)) {
      starter.spare().close();
    } else if (!starting) {
      atWork.ifPresent(seat -> starter.spare().want(seat.slotId(), seat.spec()));
    }
  }

  /** Whether a spare container stands ready. */
  public boolean hasSpare() {
    return starter.spare().isReady();
  }

  private static boolean is(Seat seat, SlotState state) {
    return seat.state().state() == state;
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
    around.listener().changed();
    return spare;
  }

  private void open(SlotId slot, JobSpec spec) {
    Seat seat = new Seat(around, slot, spec);
    Thread thread = new Thread(seat, "seat-" + (seats.size() + 1));
    seats.add(seat);
    threads.add(thread);
    thread.start();
  }

  private static boolean serves(Seat seat) {
    return !seat.state().state().isOver();
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
    around.listener().changed();
  }

  /** Attempts that wait or run here. */
  public List<AttemptRef> held() {
    return all().stream().flatMap(seat -> seat.held().stream()).toList();
  }

  /** What the queen should know. */
  public List<SlotReport> reports() {
    return all().stream().filter(Seat::isNews).map(this::report).toList();
  }

  private SlotReport report(Seat seat) {
    SeatState state = state(seat);
    return new SlotReport(seat.slotId(), state.state(), state.containerId(), state.problem());
  }

  public List<SeatState> states() {
    return all().stream().map(this::state).toList();
  }

  private SeatState state(Seat seat) {
    SeatState state = seat.state();
    return paused && state.state().takesJobs() ? state.as(SlotState.PAUSED) : state;
  }

  /** Finishes what is held and takes nothing more; waits at most {@code patience}. */
  public void drain(Duration patience) throws InterruptedException {
    leaving = true;
    all().forEach(Seat::drain);
    around.listener().changed();
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
    leaving = true;
    starter.spare().close();
    all().forEach(Seat::close);
    threadsNow().forEach(Thread::interrupt);
  }
}
