package dev.skep.protocol.wire;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SlotId;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object of a header strictly: a missing or mistyped member is {@code
 * message-malformed}.
 */
record HeaderReader(JsonObject json) {
  String text(String name, int max) {
    String text = optionalText(name, max);
    if (text == null) {
      throw Malformed.because("member \"" + name + "\" must be a string");
    }
    return text;
  }

  @Nullable String optionalText(String name, int max) {
    if (!(json.get(name) instanceof JsonString string)) {
      return null;
    }
    if (string.getChars().length() > max) {
      throw Malformed.because("member \"" + name + "\" is longer than " + max);
    }
    return string.getString();
  }

  long number(String name, long min, long max) {
    if (!(json.get(name) instanceof JsonNumber number)) {
      throw Malformed.because("member \"" + name + "\" must be a number");
    }
    try {
      return Malformed.inRange(name, number.longValueExact(), min, max);
    } catch (ArithmeticException e) {
      throw Malformed.because("member \"" + name + "\" must be a whole number").causedBy(e);
    }
  }

  int integer(String name, int min, int max) {
    return (int) number(name, min, max);
  }

  /** False when it is missing. */
  boolean optionalFlag(String name) {
    return json.containsKey(name) && flag(name);
  }

  boolean flag(String name) {
    JsonValue value = json.get(name);
    if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
      throw Malformed.because("member \"" + name + "\" must be true or false");
    }
    return value == JsonValue.TRUE;
  }

  <E extends Enum<E>> E word(String name, Class<E> type) {
    String text = text(name, 40);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw Malformed.because("member \"" + name + "\" holds an unknown word");
  }

  Fault fault(String name) {
    return word(name, Fault.class);
  }

  AttemptRef attempt() {
    return new AttemptRef(
        JobId.parse(text("job", 36)), integer("attempt", 1, AttemptRef.MAX_NUMBER));
  }

  SlotId slot() {
    return SlotId.parse(text("slot", 36));
  }

  @Nullable Problem problem() {
    return json.get("problem") instanceof JsonObject problem ? Problem.fromJson(problem) : null;
  }

  @Nullable Blob blob() {
    if (!(json.get("blob") instanceof JsonObject object)) {
      return null;
    }
    HeaderReader blob = new HeaderReader(object);
    return new Blob(blob.text("sha256", 64), blob.number("size", 1, WireLimits.MAX_BLOB));
  }

  <T> List<T> list(String name, Function<HeaderReader, T> item) {
    if (!(json.get(name) instanceof JsonArray array)) {
      throw Malformed.because("member \"" + name + "\" must be a list");
    }
    Malformed.inRange("items in \"" + name + "\"", array.size(), 0, WireLimits.MAX_ITEMS);
    return array.stream().map(value -> item.apply(object(value))).toList();
  }

  private static HeaderReader object(JsonValue value) {
    if (!(value instanceof JsonObject object)) {
      throw Malformed.because("a list item must be an object");
    }
    return new HeaderReader(object);
  }
}
