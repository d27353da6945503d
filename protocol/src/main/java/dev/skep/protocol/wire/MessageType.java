package dev.skep.protocol.wire;

/** The kinds of messages with their numbers on the wire. */
public enum MessageType {
  PULL(1, Direction.TO_QUEEN),
  SLOTS(2, Direction.TO_QUEEN),
  RESULTS(3, Direction.TO_QUEEN),
  OFFERS(16, Direction.TO_CONNECTOR),
  ACCEPTED(17, Direction.TO_CONNECTOR),
  CANCEL(18, Direction.TO_CONNECTOR),
  GOODBYE(19, Direction.TO_CONNECTOR);

  private final int code;
  private final Direction direction;

  MessageType(int code, Direction direction) {
    this.code = code;
    this.direction = direction;
  }

  public int code() {
    return code;
  }

  public Direction direction() {
    return direction;
  }

  static MessageType ofCode(int code) {
    for (MessageType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw Malformed.because("unknown message type " + code);
  }
}
