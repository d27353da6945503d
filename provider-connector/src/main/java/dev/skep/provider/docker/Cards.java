package dev.skep.provider.docker;

import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.RuntimeProblem;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which slots have which of the lent graphics cards. Thread-safe. */
final class Cards {

  private final List<Card> lent;
  private final Map<Card, Integer> taken = new HashMap<>();

  Cards(List<Card> lent) {
    this.lent = List.copyOf(lent);
  }

  /**
   * That many different cards, the least used first; back when the lease is closed.
   *
   * @throws SkepException {@code gpu-not-lent}
   */
  synchronized CardLease take(int count) {
    List<Card> free =
        lent.stream()
            .filter(card -> users(card) < card.slots())
            .sorted(Comparator.comparingInt(this::users))
            .limit(count)
            .toList();
    if (free.size() < count) {
      throw RuntimeProblem.GPU_NOT_LENT.because(
          "a slot takes %d graphics cards; %d are lent here, %d of them free"
              .formatted(count, lent.size(), free.size()));
    }
    free.forEach(card -> taken.merge(card, 1, Integer::sum));
    return new CardLease(free.stream().map(Card::id).toList(), () -> giveBack(free));
  }

  private int users(Card card) {
    return taken.getOrDefault(card, 0);
  }

  private synchronized void giveBack(List<Card> cards) {
    cards.forEach(card -> taken.merge(card, -1, Integer::sum));
  }
}
