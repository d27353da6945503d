package dev.skep.provider.worker;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One message from a worker. Every member may be missing or of the wrong kind: readers get a
 * default.
 */
public record WorkerMessage(JsonObject header, byte[] payload) {

  public String type() {
    return text(header, "type");
  }

  public String id() {
    return text(header, "id");
  }

  /** The {@code error} member, empty when there is none. */
  public JsonObject error() {
    return header.get("error") instanceof JsonObject error ? error : JsonValue.EMPTY_JSON_OBJECT;
  }

  public boolean flag(String name) {
    return header.get(name) == JsonValue.TRUE;
  }

  public long number(String name) {
    return header.get(name) instanceof JsonNumber number ? number.longValue() : 0;
  }

  /** A member that must be a finite number; null when it is missing or anything else. */
  public @Nullable Double decimal(String name) {
    if (!(header.get(name) instanceof JsonNumber number)) {
      return null;
    }
    double value = number.doubleValue();
    return Double.isFinite(value) ? value : null;
  }

  public static String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonString string ? string.getString() : "";
  }
}
