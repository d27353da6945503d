package dev.skep.queen.rest;

import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads a request body as one JSON object: UTF-8 without errors, no duplicate keys, nothing after
 * the end.
 */
public final class JsonBody {
  private static final int DEPTH = 32;
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private JsonBody() {}

  public static JsonObject object(byte[] body) {
    var text =
        new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = PARSERS.createParser(text)) {
      return only(parser);
    } catch (JsonParsingException e) {
      JsonLocation at = e.getLocation();
      throw malformed("line " + at.getLineNumber() + ", column " + at.getColumnNumber());
    } catch (JsonException | NoSuchElementException | IllegalStateException e) {
      throw malformed("it could not be read as UTF-8 JSON");
    }
  }

  private static JsonObject only(JsonParser parser) {
    if (parser.next() != JsonParser.Event.START_OBJECT) {
      throw malformed("it is not an object");
    }
    JsonObject object = members(parser, 1);
    if (parser.hasNext()) {
      throw malformed("something follows the object");
    }
    return object;
  }

  /**
   * Reads on after a START_OBJECT; the parser's own reading would let the last of two equal keys
   * win.
   */
  private static JsonObject members(JsonParser parser, int depth) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    Set<String> names = new HashSet<>();
    while (parser.next() == JsonParser.Event.KEY_NAME) {
      String name = parser.getString();
      if (!names.add(name)) {
        throw malformed("a key occurs twice in one object");
      }
      object.add(name, value(parser, parser.next(), depth));
    }
    return object.build();
  }

  private static JsonValue value(JsonParser parser, JsonParser.Event event, int depth) {
    if (depth > DEPTH) {
      throw malformed("it is nested deeper than " + DEPTH + " levels");
    }
    return switch (event) {
      case START_OBJECT -> members(parser, depth + 1);
      case START_ARRAY -> elements(parser, depth + 1);
      default -> parser.getValue();
    };
  }

  private static JsonValue elements(JsonParser parser, int depth) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    JsonParser.Event event = parser.next();
    while (event != JsonParser.Event.END_ARRAY) {
      array.add(value(parser, event, depth));
      event = parser.next();
    }
    return array.build();
  }

  private static SkepException malformed(String where) {
    return SkepException.of("json-malformed", 400)
        .because("The body is not well-formed JSON: " + where + ".")
        .hint("Send one JSON object in UTF-8.");
  }
}
