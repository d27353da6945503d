package dev.skep.protocol.slot;

import dev.skep.protocol.Transitions;

/**
 * A slot is LOADING while its container runs the job's init, WARM while it takes jobs, FAILED when
 * the container could not be kept, LEFT when its provider left, LOST when its session fell silent.
 * A lost slot is WARM again when the same connector comes back with its container alive.
 */
public enum SlotState {
  LOADING,
  WARM,
  FAILED,
  LEFT,
  LOST;

  public static final Transitions<SlotState> TRANSITIONS =
      Transitions.of("slot", SlotState.class)
          .from(LOADING, WARM, FAILED, LEFT, LOST)
          .from(WARM, LOADING, FAILED, LEFT, LOST)
          .from(LOST, WARM, FAILED, LEFT);
}
