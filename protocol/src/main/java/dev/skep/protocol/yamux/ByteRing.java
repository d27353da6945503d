package dev.skep.protocol.yamux;

import java.nio.ByteBuffer;

/** Bytes in the order they came; grows with what it holds and lets go of it when empty. */
final class ByteRing {

  private static final int FIRST = 2048;
  private static final byte[] NONE = {};

  private final int most;
  private byte[] bytes = NONE;
  private int start;
  private int size;

  ByteRing(int most) {
    this.most = most;
  }

  int size() {
    return size;
  }

  int space() {
    return most - size;
  }

  /** Takes {@code count} bytes in, which must not be more than {@link #space()}. */
  void put(ByteBuffer from, int count) {
    reserve(size + count);
    int left = count;
    while (left > 0) {
      int end = (start + size) % bytes.length;
      int part = Math.min(left, bytes.length - Math.max(end, 0));
      from.get(bytes, end, part);
      size += part;
      left -= part;
    }
  }

  /** Gives {@code count} bytes out, which must not be more than {@link #size()}. */
  void take(ByteBuffer into, int count) {
    int left = count;
    while (left > 0) {
      int part = Math.min(left, bytes.length - start);
      into.put(bytes, start, part);
      start = (start + part) % bytes.length;
      size -= part;
      left -= part;
    }
    if (size == 0) {
      clear();
    }
  }

  void clear() {
    bytes = bytes.length > FIRST ? NONE : bytes;
    start = 0;
    size = 0;
  }

  private void reserve(int wanted) {
    if (wanted > most) {
      throw new IllegalStateException(wanted + " bytes in a ring of " + most);
    }
    if (wanted > bytes.length) {
      int length = Math.max(FIRST, Integer.highestOneBit(wanted - 1) << 1);
      byte[] wider = new byte[Math.min(Math.max(length, FIRST), Math.max(most, FIRST))];
      int first = Math.min(size, bytes.length - start);
      System.arraycopy(bytes, start, wider, 0, first);
      System.arraycopy(bytes, 0, wider, first, size - first);
      bytes = wider;
      start = 0;
    }
  }
}
