package dev.skep.protocol.wire;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;

/**
 * One job leased to one slot; {@code input} is the client's JSON as it came, treat as immutable.
 *
 * @param stream whether somebody listens to parts, progress and log while the job runs
 */
public record Offer(
    AttemptRef attempt,
    SlotId slot,
    PoolId pool,
    byte[] input,
    long runLimitMillis,
    boolean stream) {

  /** An offer of a job that nobody listens to. */
  public Offer(AttemptRef attempt, SlotId slot, PoolId pool, byte[] input, long runLimitMillis) {
    this(attempt, slot, pool, input, runLimitMillis, false);
  }

  public Offer {
    Malformed.inRange("input length", input.length, 0, WireLimits.MAX_INPUT);
    Malformed.inRange("runLimitMillis", runLimitMillis, 1, WireLimits.MAX_RUN_MILLIS);
  }
}
