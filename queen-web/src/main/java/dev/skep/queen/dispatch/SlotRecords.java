package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import org.jspecify.annotations.Nullable;

/** Writes a slot's newest state to its row, later and in order; calls never block. */
public interface SlotRecords {
  void changed(Change change);

  /** The newest facts of a slot; nulls leave what the row has. */
  record Change(
      SlotId slot,
      SlotState state,
      @Nullable SessionId session,
      @Nullable String containerId,
      @Nullable Problem problem) {}
}
