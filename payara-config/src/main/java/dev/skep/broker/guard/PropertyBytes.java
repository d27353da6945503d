package dev.skep.broker.guard;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads the properties of a packet as they came over the wire, before the broker does: its reader
 * deserializes Java objects from strangers and allocates whatever length they name.
 *
 * <p>Format: u32 version (1), u32 count, then per property: u16 length and name, u16 type, value.
 */
final class PropertyBytes {
  static final int MAX_BYTES = 8 * 1024;
  static final int MAX_COUNT = 48;

  private static final int VERSION = 1;
  private static final int STRING = 8;

  /** Bytes of a value by its type: boolean, byte, short, int, long, float, double. */
  private static final int[] WIDTHS = {-1, 1, 1, 2, 4, 8, 4, 8};

  private PropertyBytes() {}

  /** Throws unless the bytes are a short list of plain values. */
  static void check(ByteBuffer bytes) throws Violation {
    Violation.when(bytes.remaining() > MAX_BYTES, "too many bytes of properties");
    try {
      scan(bytes.duplicate());
    } catch (BufferUnderflowException e) {
      throw new Violation("truncated properties");
    }
  }

  private static void scan(ByteBuffer in) throws Violation {
    Violation.when(in.getInt() != VERSION, "unknown format of properties");
    int count = in.getInt();
    Violation.when(count < 0 || count > MAX_COUNT, "too many properties");
    for (int i = 0; i < count; i++) {
      skip(in, Short.toUnsignedInt(in.getShort()));
      skip(in, width(in));
    }
  }

  private static int width(ByteBuffer in) throws Violation {
    int type = Short.toUnsignedInt(in.getShort());
    if (type == STRING) {
      return Short.toUnsignedInt(in.getShort());
    }
    Violation.when(type == 0 || type >= WIDTHS.length, "a property of type " + type);
    return WIDTHS[type];
  }

  private static void skip(ByteBuffer in, int bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + bytes);
  }
}
