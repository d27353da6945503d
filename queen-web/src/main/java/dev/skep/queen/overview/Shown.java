package dev.skep.queen.overview;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.overview.Lines.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as people read them. */
final class Shown {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int BRIEF = 10;

  private Shown() {}

  /** Good states are green, failed ones red, all others plain. */
  static State state(Enum<?> state, boolean good) {
    boolean bad = state.name().equals("FAILED") || state.name().equals("EXPIRED");
    String style = good ? "state good" : bad ? "state bad" : "state";
    return new State(state.name().toLowerCase(Locale.ROOT), style);
  }

  static String amount(String smallestUnits) {
    return TokenAmount.parse(smallestUnits).toHuman();
  }

  static String time(Instant moment) {
    return TIME.format(moment);
  }

  /** How long something took, as {@code 12 ms} or {@code 3.4 s}; empty while it goes on. */
  static String span(Instant from, @Nullable Instant to) {
    if (to == null) {
      return "";
    }
    long millis = Duration.between(from, to).toMillis();
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /** The beginning and the end of a long hash or address. */
  static String brief(String hex) {
    int length = hex.length();
    return length <= 2 * BRIEF
        ? hex
        : hex.substring(0, BRIEF) + "\u2026" + hex.substring(length - 4);
  }
}
