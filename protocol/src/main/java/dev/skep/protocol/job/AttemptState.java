package dev.skep.protocol.job;

import dev.skep.protocol.Transitions;

/**
 * An attempt is a lease of a job to one slot; it ends once, and only a SUCCEEDED one earns the
 * price.
 */
public enum AttemptState {
  LEASED,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  EXPIRED;

  public static final Transitions<AttemptState> TRANSITIONS =
      Transitions.of("attempt", AttemptState.class)
          .from(LEASED, SUCCEEDED, FAILED, CANCELLED, EXPIRED);
}
