package dev.skep.provider.slot;

import dev.skep.protocol.Problem;
import dev.skep.protocol.slot.SlotState;
import org.jspecify.annotations.Nullable;

/**
 * How a seat stands.
 *
 * @param containerId set when WARM
 * @param problem why it is FAILED, or why it is LOADING for longer than usual
 * @param jobsDone attempts that ended here, since the connector started
 */
public record SeatState(
    SlotState state, @Nullable String containerId, @Nullable Problem problem, long jobsDone) {}
