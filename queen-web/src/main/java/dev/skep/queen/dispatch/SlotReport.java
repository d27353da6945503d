package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import org.jspecify.annotations.Nullable;

/** What a connector says about the container behind a slot. */
public record SlotReport(
    SlotId slot, SlotState state, @Nullable String containerId, @Nullable Problem problem) {}
