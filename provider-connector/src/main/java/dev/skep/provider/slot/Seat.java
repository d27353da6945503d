package dev.skep.provider.slot;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Offer;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.WarmSlot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One seat of this machine: a thread that keeps one warm container and feeds it the offers of its
 * slot in order. The seat outlives sessions: after a new sign-in the queen gives it another slot
 * id, while the container stays warm.
 *
 * <p>A container that dies is replaced. A start that fails is tried once more; then a fault of the
 * job ends the seat as FAILED, whereas a fault of this machine (Docker stopped) is retried, slower
 * each time, because it may pass. A container that idles is frozen, then stopped; the seat is COLD
 * until the next offer.
 */
final class Seat implements Runnable {
  /** Offers a seat takes at once: one to run and one to run next. */
  static final int WINDOW = 2;

  /** How soon the death of an idle container is noticed. */
  private static final long LOOK_MILLIS = 500;

  private static final Duration MOST_PAUSE = Duration.ofSeconds(30);
  private static final Logger LOG = System.getLogger(Seat.class.getName());

  private final Starter starter;
  private final Serving serving;
  private final Keeping keeping;
  private final SeatListener listener;

  private final OfferQueue offers = new OfferQueue();
  private SlotId slot;
  private JobSpec spec;
  private SlotState state = SlotState.LOADING;
  private @Nullable Problem problem;
  private @Nullable Resident resident;
  private boolean draining;
  private boolean closed;
  private boolean everWarm;
  private int failures;
  private long jobsDone;

  /** What all seats of a connector share. */
  record Surroundings(Starter starter, Serving serving, Keeping keeping, SeatListener listener) {}

  Seat(Surroundings around, SlotId slot, JobSpec spec) {
    this.starter = around.starter();
    this.serving = around.serving();
    this.keeping = around.keeping();
    this.listener = around.listener();
    this.slot = slot;
    this.spec = spec;
  }

  @Override
  public void run() {
    try {
      while (isOpen()) {
        if (isCold()) {
          awaitDemand();
        } else if (!isWarm()) {
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
    if (draining && resident == null && offers.isEmpty()) {
      closed = true;
    }
    return !closed && state != SlotState.FAILED;
  }

  private synchronized boolean isCold() {
    return state == SlotState.COLD;
  }

  private synchronized boolean isWarm() {
    return resident != null && resident.isAlive();
  }

  private synchronized void awaitDemand() throws InterruptedException {
    while (offers.isEmpty() && !closed && !draining) {
      wait();
    }
    if (!offers.isEmpty()) {
      state = SlotState.LOADING;
    }
  }

  /** Tries to get a warm container; on failure decides whether and when to try again. */
  private void start() throws InterruptedException {
    retire();
    long begin = System.nanoTime();
    try {
      WarmSlot started = starter.start(slotId(), spec());
      becomeWarm(started, Duration.ofNanos(System.nanoTime() - begin));
    } catch (SkepException e) {
      failedStart(e);
      giveBack();
    }
    listener.changed();
    pause();
  }

  /** Offers must not wait for a container that may never come: the queen has other slots. */
  private void giveBack() {
    List<Offer> left;
    synchronized (this) {
      left = offers.clear();
    }
    left.forEach(offer -> listener.finished(Refused.seatGone(offer)));
  }

  private synchronized void becomeWarm(WarmSlot started, Duration took) {
    if (closed) {
      started.close();
      return;
    }
    resident = new Resident(started, took);
    state = SlotState.WARM;
    everWarm = true;
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

  /** Puts the container away, so that nothing of it is left behind. */
  private void retire() {
    putAway(SlotState.LOADING);
  }

  private void putAway(SlotState next) {
    Resident last;
    boolean news;
    synchronized (this) {
      last = resident;
      resident = null;
      news = everWarm;
      state = next;
    }
    if (last != null) {
      last.container.close();
    }
    if (news) {
      listener.changed();
    }
  }

  private void serveNext() throws InterruptedException {
    Offer offer = next();
    if (offer == null) {
      rest();
      return;
    }
    AttemptResult result = serving.serve(offer, resident().container);
    done();
    listener.finished(result);
  }

  private synchronized Resident resident() {
    if (resident == null) {
      throw new IllegalStateException("a seat without a container serves nothing");
    }
    return resident;
  }

  /** The next offer; null when the seat is to close or rest, or its container has died. */
  private synchronized @Nullable Offer next() throws InterruptedException {
    while (offers.isEmpty() && !closed && !draining && isWarm() && due() == Keeping.Due.NOTHING) {
      wait(LOOK_MILLIS);
    }
    closed |= draining && offers.isEmpty();
    if (offers.isEmpty() || !isWarm()) {
      return null;
    }
    resident().busy();
    return offers.next();
  }

  private synchronized Keeping.Due due() {
    return offers.isEmpty() && isWarm() ? resident().due(keeping) : Keeping.Due.NOTHING;
  }

  /** Only this seat's thread gives its container work, so none can come in between. */
  private void rest() {
    switch (due()) {
      case FREEZE -> rested(resident().container.freeze());
      case STOP -> putAway(SlotState.COLD);
      case NOTHING -> {}
    }
  }

  private synchronized void rested(boolean stands) {
    resident().rested(stands);
  }

  private synchronized void done() {
    offers.done();
    jobsDone++;
    resident().idle();
  }

  /** Takes an offer in; says false when this seat cannot serve it. */
  synchronized boolean offer(Offer offer) {
    if (closed || state == SlotState.FAILED || !offers.add(offer)) {
      return false;
    }
    notifyAll();
    return true;
  }

  /** Stops an attempt: a waiting one is answered as cancelled, a running one is killed. */
  void cancel(AttemptRef attempt) {
    Optional<Offer> dropped;
    WarmSlot busy;
    synchronized (this) {
      dropped = offers.drop(attempt);
      busy = offers.isRunning(attempt) && resident != null ? resident.container : null;
    }
    dropped.ifPresent(offer -> listener.finished(Refused.cancelled(offer)));
    if (busy != null) {
      busy.cancel(attempt);
    }
  }

  /** Another slot id and perhaps another program, after a new sign-in. */
  synchronized void reassign(SlotId another, JobSpec job) {
    boolean sameJob = spec.isSameProgram(job);
    slot = another;
    spec = job;
    if (!sameJob && resident != null) {
      resident.container.close();
    }
    notifyAll();
  }

  synchronized JobSpec spec() {
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
    Resident last;
    synchronized (this) {
      closed = true;
      last = resident;
      notifyAll();
    }
    if (last != null) {
      last.container.close();
    }
  }

  private void leave() {
    synchronized (this) {
      closed = true;
    }
    giveBack();
    putAway(end());
    listener.changed();
  }

  private synchronized SlotState end() {
    return state == SlotState.FAILED ? SlotState.FAILED : SlotState.LEFT;
  }

  synchronized int credits() {
    return state.takesJobs() && !draining && !closed ? WINDOW : 0;
  }

  synchronized List<AttemptRef> held() {
    return offers.held();
  }

  /** A queen that was never told that it is warm takes it for loading anyway. */
  synchronized boolean isNews() {
    return everWarm || state.isOver();
  }

  synchronized SeatState state() {
    SlotState shown = draining && !state.isOver() ? SlotState.DRAINING : state;
    Resident now = state == SlotState.WARM ? resident : null;
    return now == null
        ? new SeatState(shown, null, problem, jobsDone, false)
        : new SeatState(shown, now.container.containerId(), problem, jobsDone, now.isFrozen());
  }
}
