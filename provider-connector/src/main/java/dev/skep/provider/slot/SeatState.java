package dev.skep.provider.slot;

import dev.skep.protocol.Problem;
import dev.skep.protocol.slot.SlotState;
import org.jspecify.annotations.Nullable;

/**
 * How a seat stands.
 *
 * @param containerId set while there is a container that answers
 * @param problem why it is FAILED, or why it is LOADING for longer than usual
 * @param jobsDone attempts that ended here, since the connector started
 * @param frozen whether its container's processes stand still until the next job
 */
public record SeatState(
    SlotState state,
    @Nullable String containerId,
    @Nullable Problem problem,
    long jobsDone,
    boolean frozen) {

  SeatState as(SlotState other) {
    return new SeatState(other, containerId, problem, jobsDone, frozen);
  }
}
