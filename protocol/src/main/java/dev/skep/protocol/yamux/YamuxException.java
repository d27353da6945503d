package dev.skep.protocol.yamux;

import java.io.IOException;

/** A session or a stream that is over before its time, and why. */
public final class YamuxException extends IOException {
  private static final long serialVersionUID = 1L;

  static final int NORMAL = 0;
  static final int PROTOCOL_ERROR = 1;

  private final int code;

  private YamuxException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The peer did what the specification or our limits forbid: the session ends. */
  static YamuxException violation(String what) {
    return new YamuxException(PROTOCOL_ERROR, "the peer broke the stream protocol: " + what);
  }

  static YamuxException over(String what) {
    return new YamuxException(NORMAL, what);
  }

  /** Whether the peer is to blame, and not to be trusted with another session soon. */
  public boolean isViolation() {
    return code == PROTOCOL_ERROR;
  }

  int code() {
    return code;
  }
}
