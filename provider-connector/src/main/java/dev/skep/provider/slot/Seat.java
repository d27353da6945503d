package dev.skep.provider.slot;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Offer;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.stream.JobStreams;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One seat of this machine: a thread that keeps one warm container and feeds it the offers of its
 * slot in order. The seat outlives sessions: after a new sign-in the queen gives it another slot
 * id, while the container stays warm.
 *
 * <p>A container that dies is replaced. A start that fails is tried once more; then a fault of the
 * job ends the seat as FAILED, whereas a fault of this machine (Docker stopped) is retried, slower
 * each time, because it may pass.
 */
final class Seat implements Runnable {
  /** Offers a seat takes at once: one to run and one to run next. */
  static final int WINDOW = 2;

  private static final int MOST_WAITING = 64;

  /** How soon the death of an idle container is noticed. */
  private static final long LOOK_MILLIS = 500;

  private static final Duration MOST_PAUSE = Duration.ofSeconds(30);
  private static final Logger LOG = System.getLogger(Seat.class.getName());

  private final JobRuntime runtime;
  private final JobStreams streams;
  private final Semaphore starts;
  private final SeatListener listener;
  private final Serving serving;

  private final Deque<Offer> offers = new ArrayDeque<>();
  private SlotId slot;
  private JobSpec spec;
  private SlotState state = SlotState.LOADING;
  private @Nullable Problem problem;
  private @Nullable WarmSlot warm;
  private @Nullable Offer running;
  private boolean draining;
  private boolean closed;
  private int failures;
  private long jobsDone;

  /** What all seats of a connector share; {@code starts} are the starts allowed at a time. */
  record Surroundings(
      JobRuntime runtime,
      JobStreams streams,
      LargePayloads payloads,
      Semaphore starts,
      SeatListener listener) {}

  Seat(Surroundings around, SlotId slot, JobSpec spec) {
    this.runtime = around.runtime();
    this.streams = around.streams();
    this.starts = around.starts();
    this.listener = around.listener();
    this.serving = new Serving(around.payloads());
    this.slot = slot;
    this.spec = spec;
  }

  @Override
  public void run() {
    try {
      while (isOpen()) {
        if (!isWarm()) {
          start();
        } else {
          serveNext();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave();
    }
  }

  private synchronized boolean isOpen() {
    if (draining && warm == null && offers.isEmpty()) {
      closed = true;
    }
    return !closed && state != SlotState.FAILED;
  }

  private synchronized boolean isWarm() {
    return warm != null && warm.alive();
  }

  /** Tries to get a warm container; on failure decides whether and when to try again. */
  private void start() throws InterruptedException {
    retire();
    starts.acquire();
    try {
      WarmSlot started = runtime.start(slot(), spec());
      becomeWarm(started);
    } catch (SkepException e) {
      failedStart(e);
      giveBack();
    } finally {
      starts.release();
    }
    listener.changed();
    pause();
  }

  /** Offers must not wait for a container that may never come: the queen has other slots. */
  private void giveBack() {
    List<Offer> left;
    synchronized (this) {
      left = new ArrayList<>(offers);
      offers.clear();
      if (running != null) {
        left.add(running);
        running = null;
      }
    }
    left.forEach(offer -> listener.finished(Refused.seatGone(offer)));
  }

  private synchronized void becomeWarm(WarmSlot started) {
    if (closed) {
      started.close();
      return;
    }
    warm = started;
    state = SlotState.WARM;
    problem = null;
    failures = 0;
    LOG.log(Level.INFO, "slot {0}: warm in container {1}", slot, started.containerId());
  }

  private synchronized void failedStart(SkepException e) {
    failures++;
    problem = e.problem();
    boolean passing = e.fault() == Fault.PROVIDER && e.isRetryable();
    if (!passing && failures > 1) {
      state = SlotState.FAILED;
    }
    LOG.log(Level.WARNING, "slot {0}: start {1} failed: {2}", slot, failures, e);
  }

  private synchronized void pause() throws InterruptedException {
    if (failures == 0 || state == SlotState.FAILED || closed) {
      return;
    }
    long millis = Math.min(MOST_PAUSE.toMillis(), 200L << Math.min(failures, 10));
    wait(millis);
  }

  /** Puts the dead container away, so that nothing of it is left behind. */
  private void retire() {
    WarmSlot dead;
    synchronized (this) {
      dead = warm;
      warm = null;
      state = SlotState.LOADING;
    }
    if (dead != null) {
      dead.close();
      listener.changed();
    }
  }

  private void serveNext() throws InterruptedException {
    Offer offer = next();
    if (offer != null) {
      AttemptResult result = serving.serve(offer, input -> serve(offer, input));
      done();
      listener.finished(result);
    }
  }

  private JobOutcome serve(Offer offer, byte[] input) {
    if (!offer.stream()) {
      return container().run(offer.attempt(), input, limit(offer));
    }
    JobStreams.Telling telling = streams.tell(offer.attempt(), limit(offer));
    try {
      return container().run(offer.attempt(), input, limit(offer), telling);
    } finally {
      telling.end();
    }
  }

  private synchronized WarmSlot container() {
    if (warm == null) {
      throw new IllegalStateException("a seat without a container serves nothing");
    }
    return warm;
  }

  private static Duration limit(Offer offer) {
    return Duration.ofMillis(offer.runLimitMillis());
  }

  /** The next offer; null when the seat is to close or its container has died meanwhile. */
  private synchronized @Nullable Offer next() throws InterruptedException {
    while (offers.isEmpty() && !closed && !draining && isWarm()) {
      wait(LOOK_MILLIS);
    }
    closed |= draining && offers.isEmpty();
    if (offers.isEmpty() || !isWarm()) {
      return null;
    }
    running = offers.removeFirst();
    return running;
  }

  private synchronized void done() {
    running = null;
    jobsDone++;
  }

  /** Takes an offer in; says false when this seat cannot serve it. */
  synchronized boolean offer(Offer offer) {
    if (closed || state == SlotState.FAILED || offers.size() >= MOST_WAITING) {
      return false;
    }
    if (!holds(offer.attempt())) {
      offers.addLast(offer);
      notifyAll();
    }
    return true;
  }

  /** Stops an attempt: a waiting one is answered as cancelled, a running one is killed. */
  void cancel(AttemptRef attempt) {
    Offer dropped;
    WarmSlot busy;
    synchronized (this) {
      dropped = offers.stream().filter(o -> o.attempt().equals(attempt)).findFirst().orElse(null);
      offers.remove(dropped);
      busy = running != null && running.attempt().equals(attempt) ? warm : null;
    }
    if (dropped != null) {
      listener.finished(Refused.cancelled(dropped));
    }
    if (busy != null) {
      busy.cancel(attempt);
    }
  }

  /** Another slot id and perhaps another program, after a new sign-in. */
  synchronized void reassign(SlotId another, JobSpec job) {
    boolean sameJob =
        spec.programSha256().equals(job.programSha256()) && spec.image().equals(job.image());
    slot = another;
    spec = job;
    if (!sameJob && warm != null) {
      warm.close();
    }
    notifyAll();
  }

  private synchronized SlotId slot() {
    return slot;
  }

  private synchronized JobSpec spec() {
    return spec;
  }

  synchronized SlotId slotId() {
    return slot;
  }

  /** Finishes what it has and takes nothing more. */
  synchronized void drain() {
    draining = true;
    notifyAll();
  }

  /** Ends at once; what runs is killed and answered as the provider's fault. */
  void close() {
    WarmSlot last;
    synchronized (this) {
      closed = true;
      last = warm;
      notifyAll();
    }
    if (last != null) {
      last.close();
    }
  }

  private void leave() {
    WarmSlot last;
    synchronized (this) {
      closed = true;
      last = warm;
      warm = null;
      state = state == SlotState.FAILED ? SlotState.FAILED : SlotState.LEFT;
    }
    giveBack();
    if (last != null) {
      last.close();
    }
    listener.changed();
  }

  private boolean holds(AttemptRef attempt) {
    boolean isRunning = running != null && running.attempt().equals(attempt);
    return isRunning || offers.stream().anyMatch(o -> o.attempt().equals(attempt));
  }

  synchronized int credits() {
    return state == SlotState.WARM && !draining && !closed ? WINDOW : 0;
  }

  synchronized List<AttemptRef> held() {
    List<AttemptRef> held = new ArrayList<>();
    if (running != null) {
      held.add(running.attempt());
    }
    offers.forEach(offer -> held.add(offer.attempt()));
    return held;
  }

  synchronized SeatState state() {
    String container = warm != null && state == SlotState.WARM ? warm.containerId() : null;
    return new SeatState(state, container, problem, jobsDone);
  }
}
