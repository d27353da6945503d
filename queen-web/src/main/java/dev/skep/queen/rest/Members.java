package dev.skep.queen.rest;

import dev.skep.queen.rest.InvalidRequest.Finding;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object, collecting everything that is wrong instead of stopping at
 * the first. A member that is wrong reads as a harmless stand-in; call {@link #check} before using
 * any.
 */
public final class Members {
  private final JsonObject json;
  private final String path;
  private final List<Finding> findings;

  private Members(JsonObject json, String path, List<Finding> findings) {
    this.json = json;
    this.path = path;
    this.findings = findings;
  }

  /** Members other than the known ones are findings, with the nearest known name. */
  public static Members of(JsonObject json, String... known) {
    Members members = new Members(json, "", new ArrayList<>());
    members.refuseUnknown(new TreeSet<>(Set.of(known)));
    return members;
  }

  public static InvalidRequest invalid(String pointer, String detail) {
    return new InvalidRequest(List.of(new Finding(pointer, detail)));
  }

  /** Throws everything found so far, if anything was. */
  public void check() {
    if (!findings.isEmpty()) {
      throw new InvalidRequest(findings);
    }
  }

  public void wrong(String name, String detail) {
    findings.add(new Finding(path + "/" + name, detail));
  }

  public boolean has(String name) {
    return json.containsKey(name);
  }

  /** A member that is an object itself; one that is absent reads as empty. */
  public Members object(String name, String... known) {
    JsonValue value = json.get(name);
    if (value != null && !(value instanceof JsonObject)) {
      wrong(name, "must be an object");
    }
    JsonObject inner = value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    Members members = new Members(inner, path + "/" + name, findings);
    members.refuseUnknown(new TreeSet<>(Set.of(known)));
    return members;
  }

  /** The elements of an array of objects; absent reads as empty. */
  public List<Members> objects(String name, int most, String... known) {
    JsonValue value = json.getOrDefault(name, JsonValue.EMPTY_JSON_ARRAY);
    List<Members> elements = new ArrayList<>();
    if (value.getValueType() != JsonValue.ValueType.ARRAY || value.asJsonArray().size() > most) {
      wrong(name, "must be an array of at most " + most + " objects");
      return elements;
    }
    for (JsonValue element : value.asJsonArray()) {
      elements.add(element(name + "/" + elements.size(), element, known));
    }
    return elements;
  }

  private Members element(String name, JsonValue value, String... known) {
    if (!(value instanceof JsonObject)) {
      wrong(name, "must be an object");
    }
    JsonObject inner = value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    Members members = new Members(inner, path + "/" + name, findings);
    members.refuseUnknown(new TreeSet<>(Set.of(known)));
    return members;
  }

  /** A text that must be there, with its length in characters. */
  public String text(String name, int least, int most) {
    String value = string(name).orElse(null);
    if (value == null) {
      wrong(name, "must be a text");
      return "";
    }
    if (value.length() < least || value.length() > most) {
      wrong(name, "must have " + least + " to " + most + " characters");
    }
    return value;
  }

  /** One of a few words in lower case, written with hyphens; absent reads as the default. */
  public <E extends Enum<E>> E word(String name, E otherwise, Collection<E> allowed) {
    if (!json.containsKey(name)) {
      return otherwise;
    }
    String text = string(name).orElse("");
    for (E word : allowed) {
      if (asWord(word).equals(text)) {
        return word;
      }
    }
    List<String> words = allowed.stream().map(Members::asWord).toList();
    wrong(name, "must be one of " + String.join(", ", words));
    return otherwise;
  }

  /** An enum's name as JSON and SQL write it. */
  public static String asWord(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A text that is read further; an exception of the reading is a finding with its words. */
  public <T> T read(String name, T otherwise, Function<String, T> reader) {
    if (!json.containsKey(name)) {
      return otherwise;
    }
    try {
      return string(name)
          .map(reader)
          .orElseThrow(() -> new IllegalArgumentException("must be a text"));
    } catch (RuntimeException e) {
      wrong(name, String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /** The texts of an array, each read further; absent reads as empty. */
  public <T> List<T> texts(String name, int most, Function<String, T> reader) {
    JsonValue value = json.getOrDefault(name, JsonValue.EMPTY_JSON_ARRAY);
    List<T> texts = new ArrayList<>();
    if (value.getValueType() != JsonValue.ValueType.ARRAY || value.asJsonArray().size() > most) {
      wrong(name, "must be an array of at most " + most + " texts");
      return texts;
    }
    for (JsonValue element : value.asJsonArray()) {
      whole(name, element, JsonString.class, text -> texts.add(reader.apply(text.getString())));
    }
    return texts;
  }

  /** An object read as a whole; an exception of the reading is a finding with its words. */
  public <T> Optional<T> whole(String name, Function<JsonObject, T> reader) {
    List<T> read = new ArrayList<>();
    if (json.containsKey(name)) {
      whole(name, json.get(name), JsonObject.class, object -> read.add(reader.apply(object)));
    }
    return read.stream().findFirst();
  }

  private <J extends JsonValue> void whole(
      String name, @Nullable JsonValue value, Class<J> kind, Consumer<J> reader) {
    if (!kind.isInstance(value)) {
      wrong(name, "must be " + (kind == JsonString.class ? "texts" : "an object"));
      return;
    }
    try {
      reader.accept(kind.cast(value));
    } catch (IllegalArgumentException e) {
      wrong(name, String.valueOf(e.getMessage()));
    }
  }

  /** A number as its text, however it was written; empty when it is neither text nor number. */
  public String digits(String name) {
    JsonValue value = json.get(name);
    return value instanceof JsonNumber number ? number.toString() : string(name).orElse("");
  }

  /** A whole number in these bounds; absent reads as the default. */
  public long number(String name, long otherwise, long least, long most) {
    JsonValue value = json.get(name);
    if (value == null) {
      return otherwise;
    }
    Long number = value instanceof JsonNumber digits ? exact(digits) : null;
    if (number == null || number < least || number > most) {
      wrong(name, "must be a whole number from " + least + " to " + most);
      return otherwise;
    }
    return number;
  }

  private static @Nullable Long exact(JsonNumber digits) {
    try {
      return digits.longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /** A number that may have a fraction, in these bounds; absent reads as the default. */
  public BigDecimal decimal(String name, BigDecimal otherwise, BigDecimal least, BigDecimal most) {
    JsonValue value = json.get(name);
    if (value == null) {
      return otherwise;
    }
    BigDecimal number = value instanceof JsonNumber digits ? digits.bigDecimalValue() : null;
    boolean good = number != null && number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
    if (!good || number == null || number.scale() > 3) {
      wrong(name, "must be a number from " + least + " to " + most + " with at most 3 decimals");
      return otherwise;
    }
    return number;
  }

  /** True or false; absent reads as false. */
  public boolean flag(String name) {
    JsonValue value = json.getOrDefault(name, JsonValue.FALSE);
    if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
      wrong(name, "must be true or false");
    }
    return value == JsonValue.TRUE;
  }

  private Optional<String> string(String name) {
    return json.get(name) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private void refuseUnknown(Set<String> known) {
    for (String name : json.keySet()) {
      if (!known.contains(name)) {
        wrong(Names.shown(name), "is not a known member" + Names.hint(name, known));
      }
    }
  }
}
