package dev.skep.queen.pool;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests for pools, right unless a test changes them. */
final class PoolRequest {
  private PoolRequest() {}

  static JsonObject right() {
    return Json.createObjectBuilder()
        .add("name", "word counts")
        .add("template", "custom")
        .add("program", base64("print('hi')"))
        .add("spec", spec())
        .build();
  }

  static JsonObject spec() {
    return parse(
        """
        {"image":"python","slots":4,"price":{"perJob":"10000000000000000"},
         "deposit":"10000000000000000000",
         "verification":{"policy":"quorum","copies":2,"agree":2,"distinct":"wallet"}}
        """);
  }

  static JsonObject with(String key, JsonValue value) {
    return Json.createObjectBuilder(right()).add(key, value).build();
  }

  /** The right request with one member of its spec replaced by this JSON. */
  static JsonObject withSpec(String key, String json) {
    JsonValue value = parse("{\"v\":" + json + "}").get("v");
    return with("spec", Json.createObjectBuilder(spec()).add(key, value).build());
  }

  static byte[] bytes(JsonObject request) {
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject parse(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
