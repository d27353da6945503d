package dev.skep.provider.limit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The graphics cards that are lent.
 *
 * @param ids as nvidia-smi numbers them; null when the owner names none, so that all are
 * @param vramBytes of all slots together
 */
public record Cards(@Nullable Set<Integer> ids, long vramBytes) {

  /** Every card, whole. */
  public static final Cards ALL = new Cards(null, Long.MAX_VALUE);

  public Cards {
    ids = ids == null ? null : Set.copyOf(ids);
  }

  public boolean lends(int id) {
    return ids == null || ids.contains(id);
  }

  /** The same of a card as the driver names it; one by its UUID is lent where all are. */
  public boolean lends(String name) {
    return ids == null || name.matches("[0-9]{1,3}") && lends(Integer.parseInt(name));
  }

  /**
   * How many slots fit.
   *
   * @param cards a slot's cards
   * @param vram bytes of each of them
   */
  long slots(int cards, long vram) {
    if (cards == 0) {
      return Long.MAX_VALUE;
    }
    long byNumber = ids == null ? Long.MAX_VALUE : ids.size() / cards;
    long byMemory = vram == 0 ? Long.MAX_VALUE : vramBytes / vram / cards;
    return Math.min(byNumber, byMemory);
  }
}
