package dev.skep.queen.rest;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; a wrong one is refused with what would be right. */
public final class Query {
  private Query() {}

  /** One of an enum's names, in either case; null when absent. */
  public static <E extends Enum<E>> @Nullable E word(
      String name, @Nullable String text, Class<E> type) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text.toUpperCase(Locale.ROOT))) {
        return value;
      }
    }
    throw Members.invalid("?" + name, "must be one of " + Arrays.toString(type.getEnumConstants()));
  }

  /** How many items to list, from 1 to {@code most}. */
  public static int limit(@Nullable String text, int otherwise, int most) {
    return number("limit", text, otherwise, most);
  }

  /** A whole number from 1 to {@code most}. */
  public static int number(String name, @Nullable String text, int otherwise, int most) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    boolean digits = text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = digits ? Integer.parseInt(text) : 0;
    if (number < 1 || number > most) {
      throw Members.invalid("?" + name, "must be a whole number from 1 to " + most);
    }
    return number;
  }
}
