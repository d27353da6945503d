package dev.skep.protocol.pool;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.json.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An input of a pool's job with the answer that every fit container gives: run once in each, before
 * its first job. Both are JSON texts.
 *
 * @param input what the job gets
 * @param output what it must answer, by value: the form of numbers and the order of members do not
 *     matter
 */
public record PoolCheck(String input, String output) {
  /** The longest text, in UTF-8 bytes. */
  public static final int MAX_BYTES = 16 << 10;

  private static final JsonProvider JSON = JsonProvider.provider();

  /** An {@link IllegalArgumentException} says which of the two is wrong. */
  public PoolCheck {
    requireJson("input", input);
    requireJson("output", output);
  }

  private static void requireJson(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(name + " has more than " + MAX_BYTES + " bytes");
    }
    try {
      JsonText.check(bytes);
    } catch (SkepException e) {
      throw new IllegalArgumentException(
          name + " must be a text that is JSON, such as '[1, 2]' or '\"word\"'", e);
    }
  }

  /** Reads {@code {"input": "...", "output": "..."}}; anything else is refused by its words. */
  public static PoolCheck read(JsonObject json) {
    if (json.size() != 2
        || !(json.get("input") instanceof JsonString input)
        || !(json.get("output") instanceof JsonString output)) {
      throw new IllegalArgumentException("must have the texts input and output and nothing else");
    }
    return new PoolCheck(input.getString(), output.getString());
  }

  public JsonObject json() {
    return JSON.createObjectBuilder().add("input", input).add("output", output).build();
  }

  public byte[] inputBytes() {
    return input.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether an answer is the one that is wanted. */
  public boolean accepts(byte[] answer) {
    try {
      JsonText.check(answer); // the reader would not mind what follows
      return isSame(parse(output), parse(new String(answer, StandardCharsets.UTF_8)));
    } catch (SkepException e) {
      return false;
    }
  }

  private static JsonValue parse(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }

  private static boolean isSame(@Nullable JsonValue one, @Nullable JsonValue other) {
    if (one instanceof JsonNumber number && other instanceof JsonNumber answer) {
      return number.bigDecimalValue().compareTo(answer.bigDecimalValue()) == 0;
    } else if (one instanceof JsonArray array && other instanceof JsonArray answer) {
      return isSame(array, answer);
    } else if (one instanceof JsonObject object && other instanceof JsonObject answer) {
      return object.keySet().equals(answer.keySet())
          && object.keySet().stream().allMatch(n -> isSame(object.get(n), answer.get(n)));
    }
    return Objects.equals(one, other);
  }

  private static boolean isSame(JsonArray one, JsonArray other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = isSame(one.get(i), other.get(i));
    }
    return same;
  }
}
