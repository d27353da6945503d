package dev.skep.protocol.wire;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import java.util.List;

/**
 * A connector asks for work: an absolute window of offers in flight per slot. Sent at the start, on
 * every change and as the heartbeat; renews the leases named in {@code held}.
 */
public record Pull(List<SlotCredit> slots, List<AttemptRef> held) implements Message {
  /** How many offers a slot takes at once. */
  public record SlotCredit(SlotId slot, int credits) {
    public SlotCredit {
      Malformed.inRange("credits", credits, 0, WireLimits.MAX_CREDITS);
    }
  }

  public Pull {
    slots = Malformed.capped("slots", slots);
    held = Malformed.capped("held attempts", held);
  }

  @Override
  public MessageType type() {
    return MessageType.PULL;
  }
}
