package dev.skep.protocol.wire;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connector tells how its slots stand; the queen says at the session's begin which states she
 * understands. Sent again whole in every session, so one that is lost does no harm for long.
 */
public record SlotReports(List<SlotReport> slots) implements Message {
  /** One slot's state; the container's id as Docker names it. */
  public record SlotReport(
      SlotId slot, SlotState state, @Nullable String containerId, @Nullable Problem problem) {
    public SlotReport {
      if (state == SlotState.LOST) {
        throw Malformed.because("a connector cannot report its own slot LOST");
      }
      if (containerId != null && !containerId.matches("[A-Za-z0-9_.:-]{1,128}")) {
        throw Malformed.because("not a container id");
      }
    }
  }

  public SlotReports {
    slots = Malformed.capped("slots", slots);
  }

  @Override
  public MessageType type() {
    return MessageType.SLOTS;
  }
}
