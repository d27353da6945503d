package dev.skep.protocol.id;

import java.util.UUID;

/** Names one session. */
public record SessionId(UUID value) implements Comparable<SessionId> {
  public static SessionId parse(String text) {
    return new SessionId(UuidForm.parse("session", text));
  }

  /** The 16 bytes, most significant first. */
  public byte[] bytes() {
    return UuidForm.bytes(value);
  }

  @Override
  public int compareTo(SessionId other) {
    return UuidForm.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
