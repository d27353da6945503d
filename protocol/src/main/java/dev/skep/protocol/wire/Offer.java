package dev.skep.protocol.wire;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;

/**
 * One job leased to one slot; {@code input} is the client's JSON as it came, treat as immutable.
 */
public record Offer(
    AttemptRef attempt, SlotId slot, PoolId pool, byte[] input, long runLimitMillis) {
  public Offer {
    Malformed.inRange("input length", input.length, 0, WireLimits.MAX_INPUT);
    Malformed.inRange("runLimitMillis", runLimitMillis, 1, WireLimits.MAX_RUN_MILLIS);
  }
}
