package dev.skep.protocol.wire;

/** Which way a message goes; part of what is authenticated, so that nothing can be reflected. */
public enum Direction {
  TO_QUEEN(1),
  TO_CONNECTOR(2);

  private final int code;

  Direction(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
