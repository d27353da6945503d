package dev.skep.chain.proof;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What independent libraries computed; {@code contracts/vectors.js} made the file. */
public final class Vectors {
  private Vectors() {}

  public static JsonObject all() {
    return read("/dev/skep/chain/vectors.json").asJsonObject();
  }

  public static JsonStructure read(String resource) {
    try (InputStream in = Vectors.class.getResourceAsStream(resource);
        JsonReader reader = Json.createReader(in)) {
      return reader.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Hash32> hashes(JsonObject json, String key) {
    return json.getJsonArray(key).getValuesAs(JsonString.class).stream()
        .map(text -> Hash32.parse(text.getString()))
        .toList();
  }
}
