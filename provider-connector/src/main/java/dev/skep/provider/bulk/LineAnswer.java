package dev.skep.provider.bulk;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.json.JsonText;
import dev.skep.protocol.wallet.TokenAmount;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the queen says to one line.
 *
 * @param key the line's key; null when she could not read the line
 * @param number the line's number within the request, when she could not read it
 * @param job the job it became; null when it became none
 * @param output the job's output, byte by byte; null with a problem
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
record LineAnswer(
    @Nullable String key,
    int number,
    @Nullable String job,
    byte @Nullable [] output,
    @Nullable Problem problem,
    TokenAmount cost) {
  /** Throws when it is not an answer line: then the connection is not to be believed. */
  static LineAnswer parse(byte[] line) {
    Map<String, byte[]> members = JsonText.members(line);
    byte[] output = members.remove("output");
    JsonObject rest = object(members);
    Problem problem =
        rest.containsKey("problem") ? Problem.fromJson(rest.getJsonObject("problem")) : null;
    if ((output == null) == (problem == null)) {
      throw new IllegalArgumentException("neither an output nor a problem");
    }
    return new LineAnswer(
        rest.getString("key", null),
        rest.getInt("line", 0),
        rest.getString("job", null),
        output,
        problem,
        TokenAmount.parse(rest.getString("cost", "0")));
  }

  /** Where the queen keeps an output that is too long for a line. */
  static Optional<String> placeOf(byte[] line) {
    byte[] place = JsonText.members(line).get("outputAt");
    return place == null
        ? Optional.empty()
        : Optional.of(object(JsonText.members(place)).getString("path"));
  }

  /** The answer of such a line, with the output that was fetched from there. */
  static LineAnswer of(byte[] line, byte[] output) {
    JsonObject rest = object(JsonText.members(line));
    JsonText.check(output);
    return new LineAnswer(
        rest.getString("key"),
        0,
        rest.getString("job"),
        onOneLine(output),
        null,
        TokenAmount.parse(rest.getString("cost")));
  }

  /** Between the tokens of JSON a line feed is a space, and within strings there is none. */
  private static byte[] onOneLine(byte[] json) {
    byte[] line = json.clone();
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
    }
    return line;
  }

  /** A problem of this machine's own making. */
  static LineAnswer of(SkepException problem) {
    return new LineAnswer(null, 0, null, null, problem.problem(), TokenAmount.ZERO);
  }

  private static JsonObject object(Map<String, byte[]> members) {
    StringBuilder text = new StringBuilder("{");
    members.forEach(
        (name, value) -> {
          text.append(text.length() == 1 ? "\"" : ",\"").append(name).append("\":");
          text.append(new String(value, StandardCharsets.UTF_8));
        });
    try (JsonReader reader = Json.createReader(new StringReader(text.append('}').toString()))) {
      return reader.readObject();
    }
  }

  /** This answer as a line of the output: the job's own output, or the problem. */
  byte[] toLine() {
    byte[] text = output;
    if (text == null) {
      var json = Json.createObjectBuilder();
      if (problem != null) {
        json.add("problem", problem.toJson());
      }
      if (job != null) {
        json.add("job", job);
      }
      text = json.build().toString().getBytes(StandardCharsets.UTF_8);
    }
    byte[] line = java.util.Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    return line;
  }
}
