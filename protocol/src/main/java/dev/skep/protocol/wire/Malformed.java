package dev.skep.protocol.wire;

import dev.skep.protocol.SkepException;
import java.util.List;

/** What a peer sent cannot be a message; never retryable. */
final class Malformed {
  private Malformed() {}

  static SkepException because(String why) {
    return SkepException.of("message-malformed", 400).because(why);
  }

  static <T> List<T> capped(String what, List<T> items) {
    if (items.size() > WireLimits.MAX_ITEMS) {
      throw because(
          "too many " + what + " in one message: " + items.size() + " > " + WireLimits.MAX_ITEMS);
    }
    return List.copyOf(items);
  }

  static int inRange(String what, int value, int min, int max) {
    return (int) inRange(what, (long) value, min, max);
  }

  static long inRange(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw because(what + " must be " + min + " to " + max + ", got " + value);
    }
    return value;
  }
}
