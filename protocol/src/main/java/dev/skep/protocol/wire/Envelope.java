package dev.skep.protocol.wire;

import dev.skep.protocol.id.SessionId;

/** An authenticated message, not decoded yet; {@code body} is treated as immutable. */
public record Envelope(MessageType type, SessionId session, long sequence, byte[] body) {
  /** Decodes the body; throws {@code message-malformed}. */
  public Message message() {
    return MessageCodec.decode(type, body);
  }
}
