package dev.skep.provider.network;

import dev.skep.protocol.id.SlotId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What each slot used of the network today, so that a container that ends and starts anew does not
 * start its day anew. Thread-safe.
 */
public final class DayBook {
  private final Supplier<LocalDate> calendar;
  private final Map<SlotId, Long> used = new HashMap<>();
  private LocalDate day;

  public DayBook(Supplier<LocalDate> calendar) {
    this.calendar = calendar;
    this.day = calendar.get();
  }

  /** Whether it became another day since this was asked last; everything is forgotten then. */
  public synchronized boolean turn() {
    LocalDate today = calendar.get();
    boolean turned = !today.equals(day);
    if (turned) {
      used.clear();
      day = today;
    }
    return turned;
  }

  public synchronized void note(SlotId slot, long bytes) {
    used.put(slot, bytes);
  }

  public synchronized long used(SlotId slot) {
    return used.getOrDefault(slot, 0L);
  }
}
