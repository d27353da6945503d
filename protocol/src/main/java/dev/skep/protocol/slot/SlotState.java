package dev.skep.protocol.slot;

import dev.skep.protocol.Transitions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A slot is LOADING while its container runs the job's init, WARM while it takes jobs, COLD while
 * its container is stopped for want of jobs and starts with the next, PAUSED while its provider
 * wants no jobs, DRAINING while its provider leaves and finishes what it holds, FAILED when the
 * container could not be kept, LEFT when its provider left, LOST when its session fell silent. A
 * lost slot is what it was again when the same connector comes back.
 */
public enum SlotState {
  LOADING,
  WARM,
  COLD,
  PAUSED,
  DRAINING,
  FAILED,
  LEFT,
  LOST;

  /** What every queen understands, also one from before COLD, PAUSED and DRAINING. */
  public static final Set<SlotState> FIRST =
      Set.copyOf(EnumSet.of(LOADING, WARM, FAILED, LEFT, LOST));

  public static final Transitions<SlotState> TRANSITIONS =
      Transitions.of("slot", SlotState.class)
          .from(LOADING, WARM, COLD, PAUSED, DRAINING, FAILED, LEFT, LOST)
          .from(WARM, LOADING, COLD, PAUSED, DRAINING, FAILED, LEFT, LOST)
          .from(COLD, LOADING, WARM, PAUSED, DRAINING, FAILED, LEFT, LOST)
          .from(PAUSED, LOADING, WARM, COLD, DRAINING, FAILED, LEFT, LOST)
          .from(DRAINING, FAILED, LEFT, LOST)
          .from(LOST, LOADING, WARM, COLD, PAUSED, DRAINING, FAILED, LEFT);

  /** Whether jobs may be offered to it; a cold one wakes for them. */
  public boolean takesJobs() {
    return this == WARM || this == COLD;
  }

  /** Whether it is over: nothing comes back from it. */
  public boolean isOver() {
    return this == FAILED || this == LEFT;
  }
}
