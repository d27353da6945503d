package dev.skep.provider.connection;

import dev.skep.protocol.id.SessionId;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.tls.SpkiPin;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * What the queen grants a connector that signed in: an id and a key for its messages, a door to the
 * broker, and the rhythm of its heartbeat.
 *
 * @param hmacKey seals every message of the session; never printed
 * @param takesBlobs outputs that are long may come over HTTPS
 */
public record SessionGrant(
    SessionId id,
    byte[] hmacKey,
    Door door,
    Queues queues,
    Rhythm rhythm,
    Instant expiresAt,
    boolean takesBlobs) {

  /** Of a queen that takes all payloads in messages. */
  public SessionGrant(
      SessionId id, byte[] hmacKey, Door door, Queues queues, Rhythm rhythm, Instant expiresAt) {
    this(id, hmacKey, door, queues, rhythm, expiresAt, false);
  }

  /** The broker and how to get in; {@code password} is a short-lived token. */
  public record Door(String url, SpkiPin pin, String user, String password) {
    @Override
    public String toString() {
      return "Door[" + url + ", " + user + "]";
    }
  }

  /** The session's own inbox and the queen's two queues. */
  public record Queues(String inbox, String pull, String results) {}

  /** A heartbeat at least every {@code heartbeat}; silence for {@code lease} ends the session. */
  public record Rhythm(Duration heartbeat, Duration lease) {}

  /** Reads the answer to {@code POST /api/connector/sessions}. */
  public static SessionGrant read(JsonObject json) {
    return Answers.read(
        "/api/connector/sessions",
        () ->
            new SessionGrant(
                new SessionId(UUID.fromString(json.getString("sessionId"))),
                Base64.getDecoder().decode(json.getString("hmacKey")),
                new Door(
                    json.getString("brokerUrl"),
                    SpkiPin.parse(json.getString("brokerSpkiSha256")),
                    json.getString("jmsUser"),
                    json.getString("jmsPassword")),
                new Queues(
                    json.getString("inbox"),
                    json.getString("pullQueue"),
                    json.getString("resultsQueue")),
                new Rhythm(seconds(json, "heartbeatSeconds"), seconds(json, "leaseSeconds")),
                Instant.parse(json.getString("expiresAt")),
                json.containsKey("takes") && takes(json, "blobs")));
  }

  private static boolean takes(JsonObject json, String what) {
    return json.getJsonArray("takes").getValuesAs(JsonString.class).stream()
        .anyMatch(word -> word.getString().equals(what));
  }

  private static Duration seconds(JsonObject json, String name) {
    long seconds = Answers.number(json, name);
    if (seconds < 1 || seconds > 3600) {
      throw new IllegalArgumentException(name + " must be 1 to 3600");
    }
    return Duration.ofSeconds(seconds);
  }

  @Override
  public String toString() {
    return "SessionGrant[" + id + ", " + door + "]";
  }
}
