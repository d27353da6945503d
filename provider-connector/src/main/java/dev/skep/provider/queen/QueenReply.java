package dev.skep.provider.queen;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One answer of the queen, at most {@link QueenApi#MAX_ANSWER} bytes. */
public record QueenReply(String request, int status, HttpHeaders headers, byte[] body) {
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  private String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public JsonObject object() {
    return read(JsonObject.class);
  }

  public JsonArray array() {
    return read(JsonArray.class);
  }

  /** A list, either bare or as a member of an object. */
  public JsonArray list(String member) {
    JsonStructure any = read(JsonStructure.class);
    JsonArray list = any instanceof JsonObject object ? object.getJsonArray(member) : null;
    if (list == null && any instanceof JsonArray bare) {
      return bare;
    }
    if (list == null) {
      throw unreadable("lacks the list '" + member + "'");
    }
    return list;
  }

  private <T extends JsonStructure> T read(Class<T> kind) {
    try (JsonReader reader = Json.createReader(new StringReader(text()))) {
      return kind.cast(reader.read());
    } catch (JsonException | ClassCastException e) {
      throw unreadable("is not the JSON that was expected").causedBy(e);
    }
  }

  /** This reply when it is a success; otherwise throws the problem that it carries. */
  QueenReply orThrow() {
    if (isSuccess()) {
      return this;
    }
    throw refusal();
  }

  /** The problem document of a refusal, with {@link QueenAnswer} as its cause. */
  public SkepException refusal() {
    return problem().toException().causedBy(new QueenAnswer(request, status, retryAfter()));
  }

  /** Seconds only: dates are for caches. */
  private Duration retryAfter() {
    return header("Retry-After")
        .filter(text -> text.matches("[0-9]{1,4}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(Duration.ZERO);
  }

  private Problem problem() {
    try {
      return Problem.fromJson(object());
    } catch (SkepException e) {
      return unreadable("carries no problem document").problem();
    }
  }

  private SkepException unreadable(String why) {
    return SkepException.of("queen-answer-unreadable", status >= 400 ? status : 502)
        .fault(Fault.PLATFORM)
        // A server whose application is still loading answers 404 without a problem document.
        .retryable(status >= 500 || status == 404)
        .because("the answer " + status + " to " + request + " " + why)
        .hint("Check that the URL is a queen's and that its version fits this program.");
  }
}
