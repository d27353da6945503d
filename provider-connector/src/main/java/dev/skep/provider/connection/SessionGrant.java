package dev.skep.provider.connection;

import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.tls.SpkiPin;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the queen grants a connector that signed in: an id and a key for its messages, a door to the
 * broker, and the rhythm of its heartbeat.
 *
 * @param hmacKey seals every message of the session; never printed
 * @param slotStates the states that this queen understands
 */
public record SessionGrant(
    SessionId id,
    byte[] hmacKey,
    Door door,
    Queues queues,
    Rhythm rhythm,
    Instant expiresAt,
    Set<SlotState> slotStates) {

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
                slotStates(json)));
  }

  /** Words that this connector does not know are no concern of its. */
  private static Set<SlotState> slotStates(JsonObject json) {
    if (!(json.get("slotStates") instanceof JsonArray words)) {
      return SlotState.FIRST;
    }
    return Stream.of(SlotState.values())
        .filter(state -> words.contains(Json.createValue(state.name())))
        .collect(Collectors.toUnmodifiableSet());
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
