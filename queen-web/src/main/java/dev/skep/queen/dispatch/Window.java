package dev.skep.queen.dispatch;

import dev.skep.protocol.id.SlotId;

/** How many offers in flight a slot takes; absolute, not a difference. */
public record Window(SlotId slot, int credits) {
  /** More than any connector may hold for one slot. */
  public static final int MAX_CREDITS = 64;

  public Window {
    credits = Math.max(0, Math.min(credits, MAX_CREDITS));
  }
}
