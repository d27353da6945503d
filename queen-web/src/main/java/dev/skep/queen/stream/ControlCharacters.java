package dev.skep.queen.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for control characters eight bytes at a time: byte by byte it was a quarter of what the
 * queen spends on a stream.
 */
final class ControlCharacters {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long SPACES = 0x2020_2020_2020_2020L;
  private static final long TOP_BITS = 0x8080_8080_8080_8080L;

  private ControlCharacters() {}

  /** Whether any byte is below a space. */
  static boolean in(byte[] bytes) {
    int at = 0;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      if (anyBelowSpace((long) EIGHT.get(bytes, at))) {
        return true;
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] >= 0 && bytes[at] < ' ') {
        return true;
      }
    }
    return false;
  }

  /** Taking a space from each byte sets the top bit of those that were less, or were above 127. */
  private static boolean anyBelowSpace(long eight) {
    return ((eight - SPACES) & ~eight & TOP_BITS) != 0;
  }
}
