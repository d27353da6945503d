package dev.skep.protocol;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SkepException} as data: RFC 9457 problem details with our members {@code code, fault,
 * retryable, hint}.
 *
 * @param reference a log reference for the operator, when there is one
 */
public record Problem(
    String code,
    int status,
    String detail,
    Fault fault,
    boolean retryable,
    @Nullable String hint,
    @Nullable String reference) {
  /** Longest text accepted from the other side; longer text is cut. */
  public static final int MAX_TEXT = 4096;

  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String TYPE_PREFIX = "urn:skep:problem:";

  public Problem {
    if (!code.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "a problem's code is kebab-case, at most 64 characters: " + clip(code, 80));
    }
    detail = clip(detail, MAX_TEXT);
    hint = hint == null ? null : clip(hint, MAX_TEXT);
    reference = reference == null ? null : clip(reference, 200);
  }

  public String type() {
    return TYPE_PREFIX + code;
  }

  /** The code as words: {@code pool-not-found} is "Pool not found". */
  public String title() {
    String words = code.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  public Problem withReference(String logReference) {
    return new Problem(code, status, detail, fault, retryable, hint, logReference);
  }

  public SkepException toException() {
    return SkepException.of(code, status)
        .fault(fault)
        .retryable(retryable)
        .because(detail)
        .hint(hint);
  }

  public JsonObject toJson() {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("type", type())
            .add("title", title())
            .add("status", status)
            .add("detail", detail)
            .add("code", code)
            .add("fault", fault.name())
            .add("retryable", retryable);
    if (hint != null) {
      json.add("hint", hint);
    }
    if (reference != null) {
      json.add("reference", reference);
    }
    return json.build();
  }

  /** Reads the JSON form; members of the wrong kind and unknown faults are refused. */
  public static Problem fromJson(JsonObject json) {
    try {
      return new Problem(
          json.getString("code"),
          json.get("status") instanceof JsonNumber number ? number.intValueExact() : 500,
          json.getString("detail", ""),
          Fault.valueOf(json.getString("fault")),
          json.get("retryable") == JsonValue.TRUE,
          text(json, "hint"),
          text(json, "reference"));
    } catch (IllegalArgumentException
        | NullPointerException
        | ClassCastException
        | ArithmeticException e) {
      throw SkepException.of("problem-malformed", 400)
          .because("not a problem document: " + e.getMessage())
          .causedBy(e);
    }
  }

  private static @Nullable String text(JsonObject json, String name) {
    return json.get(name) instanceof JsonString string ? string.getString() : null;
  }

  private static String clip(String text, int max) {
    String printable = text.replace('\0', '\uFFFD'); // PostgreSQL stores no NUL
    return printable.length() <= max ? printable : printable.substring(0, max);
  }
}
