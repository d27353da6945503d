package dev.skep.provider.queen;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.util.function.Supplier;

/** Reads members of the queen's answers; what is missing or of the wrong kind is her fault. */
public final class Answers {
  private Answers() {}

  /** Runs a reader over an answer and says which one it was when it does not fit. */
  public static <T> T read(String path, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (NullPointerException
        | ClassCastException
        | ArithmeticException
        | DateTimeException
        | IllegalArgumentException e) {
      throw SkepException.of("queen-answer-unreadable", 502)
          .fault(Fault.PLATFORM)
          .because("the queen's answer to " + path + " lacks a member or has a wrong one: " + e)
          .hint("Check that the queen's version fits this program.")
          .causedBy(e);
    }
  }

  public static long number(JsonObject json, String name) {
    if (json.get(name) instanceof JsonNumber number) {
      return number.longValueExact();
    }
    throw new IllegalArgumentException("'" + name + "' must be a whole number");
  }

  /** A string, number or literal as text; empty when absent or null. */
  public static String text(JsonObject json, String name) {
    JsonValue value = json.get(name);
    if (value == null || value == JsonValue.NULL) {
      return "";
    }
    return value instanceof JsonString string ? string.getString() : value.toString();
  }
}
