package dev.skep.provider.connection;

import dev.skep.protocol.id.SlotId;
import dev.skep.provider.runtime.JobSpec;
import java.util.List;

/** Slots taken in a pool, and the job that runs in them. */
public record Placement(List<SlotId> slots, JobSpec job) {
  public Placement {
    slots = List.copyOf(slots);
  }
}
