package dev.skep.protocol.wire;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import org.jspecify.annotations.Nullable;

/**
 * One job leased to one slot; {@code input} is the client's JSON as it came, treat as immutable.
 *
 * @param stream whether somebody listens to parts, progress and log while the job runs
 * @param blob the input when it is too long for a message; {@code input} is empty then
 */
public record Offer(
    AttemptRef attempt,
    SlotId slot,
    PoolId pool,
    byte[] input,
    long runLimitMillis,
    boolean stream,
    @Nullable Blob blob) {

  /** An offer with its input in it. */
  public Offer(
      AttemptRef attempt,
      SlotId slot,
      PoolId pool,
      byte[] input,
      long runLimitMillis,
      boolean stream) {
    this(attempt, slot, pool, input, runLimitMillis, stream, null);
  }

  /** An offer of a job that nobody listens to. */
  public Offer(AttemptRef attempt, SlotId slot, PoolId pool, byte[] input, long runLimitMillis) {
    this(attempt, slot, pool, input, runLimitMillis, false);
  }

  public Offer {
    Malformed.inRange("input length", input.length, 0, WireLimits.MAX_INPUT);
    if (blob != null && input.length > 0) {
      throw Malformed.because("an input is in the message or a blob");
    }
    Malformed.inRange("runLimitMillis", runLimitMillis, 1, WireLimits.MAX_RUN_MILLIS);
  }
}
