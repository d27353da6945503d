package dev.skep.provider.control;

import dev.skep.provider.limit.WorkHours;
import dev.skep.provider.slot.SeatState;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.LocalTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connector follow its owner's wish and hours, keep away while the machine is busy, and
 * tell how it stands. Looks twice a second.
 */
public final class Steering implements AutoCloseable {

  private static final long LOOK_MILLIS = 500;
  private static final Logger LOG = System.getLogger(Steering.class.getName());
  private static final JsonProvider JSON = JsonProvider.provider();

  private final ControlFiles files;
  private final Steered connector;
  private final WorkHours hours;
  private final Supplier<LocalTime> clock;
  private final BooleanSupplier busy;
  private final String pool;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Steering::daemon);
  private boolean draining;
  private @Nullable Boolean paused;
  private @Nullable JsonObject told;

  /** Steers for one pool; see {@link #start}. */
  public Steering(ControlFiles files, Steered connector, Plan plan) {
    this.files = files;
    this.connector = connector;
    this.hours = plan.hours();
    this.clock = plan.clock();
    this.busy = plan.busy();
    this.pool = plan.pool();
  }

  /**
   * When to work, by whose clock, in which pool.
   *
   * @param busy whether the machine does something else, which comes first
   */
  public record Plan(
      WorkHours hours, Supplier<LocalTime> clock, BooleanSupplier busy, String pool) {}

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "steering");
    thread.setDaemon(true);
    return thread;
  }

  /** From now on; an old wish to drain was for the connector before. */
  public Steering start() {
    if (files.wish() == Wish.DRAIN) {
      files.wish(Wish.RUN);
    }
    look();
    var unused =
        timer.scheduleWithFixedDelay(
            this::lookSafely, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  /** A full disk, or a machine that cannot be read, must not end the steering for good. */
  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "steering: {0}", e);
    }
  }

  synchronized void look() {
    Wish wish = files.wish();
    String state = state(wish);
    boolean pause = !state.equals("running");
    if (wish != Wish.DRAIN && (paused == null || paused != pause)) {
      connector.pause(pause);
      paused = pause;
    }
    if (wish == Wish.DRAIN && !draining) {
      draining = true;
      connector.drain();
    }
    tell(draining ? "draining" : state);
  }

  private String state(Wish wish) {
    boolean closed = !hours.isOpen(clock.get());
    boolean elsewhere = busy.getAsBoolean();
    return wish == Wish.PAUSE
        ? "paused"
        : closed ? "outside-hours" : elsewhere ? "machine-busy" : "running";
  }

  private void tell(String state) {
    JsonArrayBuilder slots = JSON.createArrayBuilder();
    connector.seats().forEach(seat -> slots.add(slot(seat)));
    JsonObject now =
        JSON.createObjectBuilder()
            .add("pid", ProcessHandle.current().pid())
            .add("pool", pool)
            .add("state", state)
            .add("slots", slots)
            .build();
    if (!now.equals(told)) {
      files.state(now);
      told = now;
    }
  }

  private static JsonObjectBuilder slot(SeatState seat) {
    JsonObjectBuilder slot =
        JSON.createObjectBuilder()
            .add("state", seat.state().name())
            .add("frozen", seat.frozen())
            .add("jobs", seat.jobsDone());
    if (seat.containerId() != null) {
      slot.add("container", seat.containerId());
    }
    if (seat.problem() != null) {
      slot.add("problem", seat.problem().code());
    }
    return slot;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
