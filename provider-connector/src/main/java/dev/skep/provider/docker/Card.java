package dev.skep.provider.docker;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A graphics card that its owner lends.
 *
 * @param id as the driver names it: an index, or {@code GPU-} and a UUID
 * @param slots how many slots may have it at a time; they share its memory without a limit
 */
public record Card(String id, int slots) {

  private static final String FORM = "(?:[0-9]{1,3}|GPU-[0-9a-fA-F-]{8,40})(?::[0-9]{1,2})?";

  /**
   * Reads {@code 0}, {@code GPU-8c1f...}, and {@code 0:2} for two slots at a time.
   *
   * @throws SkepException {@code usage} (CALLER)
   */
  public static List<Card> parse(List<String> words) {
    List<Card> cards = words.stream().map(Card::parse).toList();
    if (cards.stream().map(Card::id).distinct().count() < cards.size()) {
      throw usage("names a card twice");
    }
    return cards;
  }

  private static Card parse(String word) {
    if (!word.matches(FORM)) {
      throw usage("takes all, or cards such as 0,1 or 0:2, not '" + word + "'");
    }
    String[] parts = word.split(":");
    int slots = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
    if (slots == 0) {
      throw usage("lends each card to at least one slot");
    }
    return new Card(parts[0], slots);
  }

  /** The first cards of the machine by index, one slot each. */
  public static List<Card> first(int count) {
    return Stream.iterate(0, index -> index + 1)
        .limit(count)
        .map(index -> new Card("" + index, 1))
        .toList();
  }

  private static SkepException usage(String why) {
    return SkepException.of("usage", 400)
        .fault(Fault.CALLER)
        .because("--gpus " + why)
        .hint("skep pool join --help");
  }
}
