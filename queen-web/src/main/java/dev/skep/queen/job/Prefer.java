package dev.skep.queen.job;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client wishes of the answer (RFC 7240): at once, or how long it will wait. */
public record Prefer(boolean async, Duration patience) {
  static final Duration DEFAULT_WAIT = Duration.ofSeconds(60);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(300);

  /** Wishes that are not understood are ignored, as the standard says. */
  public static Prefer of(@Nullable String header) {
    boolean async = false;
    Duration wait = DEFAULT_WAIT;
    String text = header == null ? "" : header.toLowerCase(Locale.ROOT);
    for (String wish : text.split("[,;]")) {
      String word = wish.strip();
      async |= word.equals("respond-async");
      if (word.matches("wait=[0-9]{1,5}")) {
        Duration asked = Duration.ofSeconds(Long.parseLong(word.substring(5)));
        wait = asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
      }
    }
    return new Prefer(async, wait);
  }
}
