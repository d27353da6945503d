package dev.skep.chain.proof;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;

/** One JSON object that has exactly the keys it should have. */
final class Fields {
  private final JsonObject json;

  private Fields(JsonObject json) {
    this.json = json;
  }

  /** Refuses an object with a key more or less. */
  static Fields of(JsonObject json, String... keys) {
    Set<String> expected = Set.of(keys);
    if (!json.keySet().equals(expected)) {
      throw new IllegalArgumentException(
          "expected the keys " + String.join(", ", keys) + ", found " + json.keySet());
    }
    return new Fields(json);
  }

  Fields object(String key, String... keys) {
    return of(value(key).asJsonObject(), keys);
  }

  /** The object, its optional key left out. */
  Fields without(String key, String optional, String... keys) {
    JsonObject all = value(key).asJsonObject();
    return of(Json.createObjectBuilder(all).remove(optional).build(), keys);
  }

  String text(String key) {
    return ((JsonString) value(key)).getString();
  }

  /** A whole number that fits a Java long. */
  long number(String key) {
    try {
      return ((JsonNumber) value(key)).bigIntegerValueExact().longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(key + " is not a whole number of 64 bits", e);
    }
  }

  Hash32 hash(String key) {
    return Hash32.parse(text(key));
  }

  WalletAddress address(String key) {
    return WalletAddress.parse(text(key));
  }

  TokenAmount amount(String key) {
    return TokenAmount.parse(text(key));
  }

  List<Hash32> hashes(String key) {
    return value(key).asJsonArray().getValuesAs(JsonString.class).stream()
        .map(each -> Hash32.parse(each.getString()))
        .toList();
  }

  private JsonValue value(String key) {
    JsonValue value = json.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }
}
