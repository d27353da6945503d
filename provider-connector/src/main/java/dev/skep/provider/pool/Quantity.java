package dev.skep.provider.pool;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the quantities people write: {@code 90s}, {@code 256m}, {@code 0.5}. */
public final class Quantity {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([a-zA-Z]{0,2})");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

  private Quantity() {}

  /** A time with its unit: ms, s, m, h or d; at most 30 days. */
  public static Duration duration(String text) {
    long millis = scaled(text, MILLIS, "a time such as 500ms, 60s, 10m or 2h");
    if (millis < 1 || millis > Duration.ofDays(30).toMillis()) {
      throw new IllegalArgumentException("must be between 1ms and 30d");
    }
    return Duration.ofMillis(millis);
  }

  /** A size in bytes, or with k, m or g for binary multiples; at most 16 TiB. */
  public static long bytes(String text) {
    long bytes = scaled(text.toLowerCase(Locale.ROOT), BYTES, "a size such as 64m or 2g");
    if (bytes < 1 || bytes > 1L << 44) {
      throw new IllegalArgumentException("must be between 1 byte and 16384g");
    }
    return bytes;
  }

  /** A size within bounds. */
  public static long bytes(String text, long least, long most) {
    long bytes = bytes(text);
    if (bytes < least || bytes > most) {
      throw new IllegalArgumentException("must be between " + human(least) + " and " + human(most));
    }
    return bytes;
  }

  /** Bytes as the file writes them, in the largest unit that is exact. */
  public static String human(long bytes) {
    String[] units = {"g", "m", "k"};
    for (int i = 0; i < units.length; i++) {
      int shift = 30 - 10 * i;
      if (bytes > 0 && bytes % (1L << shift) == 0) {
        return (bytes >> shift) + units[i];
      }
    }
    return String.valueOf(bytes);
  }

  /** Bytes for people to read, rounded. */
  public static String about(long bytes) {
    int exponent = Math.max(0, (63 - Long.numberOfLeadingZeros(Math.max(1, bytes))) / 10);
    String unit = List.of("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB").get(exponent);
    return exponent == 0
        ? bytes + " " + unit
        : String.format(Locale.ROOT, "%.1f %s", bytes / Math.pow(1024, exponent), unit);
  }

  /** A number of processors, fractions allowed, from 0.1 to 64. */
  public static BigDecimal cpus(String text) {
    if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,3})?")) {
      throw new IllegalArgumentException("expected a number such as 1 or 0.5");
    }
    BigDecimal cpus = new BigDecimal(text);
    if (cpus.compareTo(new BigDecimal("0.1")) < 0 || cpus.compareTo(BigDecimal.valueOf(64)) > 0) {
      throw new IllegalArgumentException("must be between 0.1 and 64");
    }
    return cpus;
  }

  /** A whole number within bounds. */
  public static int number(String text, int least, int most) {
    if (!text.matches("-?[0-9]{1,9}")) {
      throw new IllegalArgumentException("expected a whole number");
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new IllegalArgumentException("must be between " + least + " and " + most);
    }
    return number;
  }

  private static long scaled(String text, Map<String, Long> units, String expected) {
    Matcher matcher = FORM.matcher(text);
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("expected " + expected);
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large", e);
    }
  }
}
