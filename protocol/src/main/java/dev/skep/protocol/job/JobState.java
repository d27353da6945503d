package dev.skep.protocol.job;

import dev.skep.protocol.Transitions;

/**
 * A job waits for a slot (QUEUED) unless a warm slot has credit, then it is born LEASED. A lost
 * lease puts it back into the queue. It ends COMPLETED with a verified output, FAILED by the job's
 * or the pool's fault, CANCELLED by its client, or EXPIRED at one of its deadlines. An end is never
 * left again.
 */
public enum JobState {
  QUEUED,
  LEASED,
  COMPLETED,
  FAILED,
  CANCELLED,
  EXPIRED;

  public static final Transitions<JobState> TRANSITIONS =
      Transitions.of("job", JobState.class)
          .from(QUEUED, LEASED, FAILED, CANCELLED, EXPIRED)
          .from(LEASED, QUEUED, COMPLETED, FAILED, CANCELLED, EXPIRED);

  public boolean isOpen() {
    return this == QUEUED || this == LEASED;
  }
}
