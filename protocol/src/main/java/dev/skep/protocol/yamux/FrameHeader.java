package dev.skep.protocol.yamux;

import java.nio.ByteBuffer;

/**
 * The twelve bytes before every frame.
 *
 * @param length bytes that follow (data), credit (window update), an opaque value (ping) or a code
 *     (go away); unsigned
 */
record FrameHeader(int type, int flags, int stream, int length) {

  static final int BYTES = 12;

  static final int DATA = 0;
  static final int WINDOW_UPDATE = 1;
  static final int PING = 2;
  static final int GO_AWAY = 3;

  static final int SYN = 1;
  static final int ACK = 2;
  static final int FIN = 4;
  static final int RST = 8;

  private static final int ALL_FLAGS = SYN | ACK | FIN | RST;

  static FrameHeader read(ByteBuffer bytes) throws YamuxException {
    int version = bytes.get();
    int type = bytes.get() & 0xff;
    int flags = bytes.getShort() & 0xffff;
    FrameHeader header = new FrameHeader(type, flags, bytes.getInt(), bytes.getInt());
    if (version != 0) {
      throw YamuxException.violation("a frame of version " + version);
    }
    header.check();
    return header;
  }

  private void check() throws YamuxException {
    boolean ofSession = type == PING || type == GO_AWAY;
    if (type > GO_AWAY) {
      throw YamuxException.violation("a frame of type " + type);
    } else if ((flags & ~ALL_FLAGS) != 0) {
      throw YamuxException.violation("unknown flags " + flags);
    } else if (ofSession != (stream == 0)) {
      throw YamuxException.violation("a frame of type " + type + " for stream " + stream);
    }
  }

  void put(ByteBuffer into) {
    into.put((byte) 0).put((byte) type).putShort((short) flags).putInt(stream).putInt(length);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  long unsignedLength() {
    return Integer.toUnsignedLong(length);
  }
}
