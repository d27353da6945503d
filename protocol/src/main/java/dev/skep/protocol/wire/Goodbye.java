package dev.skep.protocol.wire;

/** The queen ends the session; the connector signs in afresh unless it was banned. */
public record Goodbye(String reason) implements Message {
  public Goodbye {
    reason = reason.length() <= 500 ? reason : reason.substring(0, 500);
  }

  @Override
  public MessageType type() {
    return MessageType.GOODBYE;
  }
}
