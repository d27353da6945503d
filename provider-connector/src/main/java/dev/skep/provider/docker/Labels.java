package dev.skep.provider.docker;

import dev.skep.protocol.id.SlotId;
import dev.skep.provider.worker.Owner;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every container of ours is labelled with, so that a later connector can tell orphans from
 * the living.
 */
final class Labels {

  /** {@code pid:startEpochMillis} of the connector that made it. */
  static final String OWNER = "dev.skep.owner";

  /** Boot and pid namespace in which that pid has a meaning. */
  static final String PLACE = "dev.skep.place";

  /** Epoch second after which nobody may want it any more. */
  static final String DEADLINE = "dev.skep.deadline";

  static final String SLOT = "dev.skep.slot";

  /** On guards only: the slot whose network they guard. */
  static final String GUARD = "dev.skep.guard";

  private Labels() {}

  static Map<String, String> of(Owner owner, SlotId slot, Instant deadline) {
    return Map.of(
        OWNER,
        owner.text(),
        PLACE,
        owner.place(),
        DEADLINE,
        Long.toString(deadline.getEpochSecond()),
        SLOT,
        slot.toString());
  }

  /** Whether labels say that nobody is left to use the container. */
  static boolean isOrphan(@Nullable Map<String, String> labels, Instant now) {
    if (labels == null || !labels.containsKey(OWNER)) {
      return false;
    }
    Owner owner = new Owner(labels.getOrDefault(OWNER, ""), labels.getOrDefault(PLACE, ""));
    return owner.isDead() || isPast(labels.getOrDefault(DEADLINE, ""), now);
  }

  private static boolean isPast(String deadline, Instant now) {
    return deadline.matches("[0-9]{1,12}") && Long.parseLong(deadline) < now.getEpochSecond();
  }
}
