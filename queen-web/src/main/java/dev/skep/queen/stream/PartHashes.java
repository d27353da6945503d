package dev.skep.queen.stream;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Remembers parts by two checksums, to know them again without keeping them. Nobody gains by parts
 * that only look alike: the result is the truth, and a provider may tell what it likes anyway.
 */
final class PartHashes {
  private final CRC32 one = new CRC32();
  private final CRC32C other = new CRC32C();
  private long[] hashes = new long[16];
  private int count;

  int count() {
    return count;
  }

  void add(byte[] part) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    hashes[count++] = hash(part);
  }

  boolean isSame(int index, byte[] part) {
    return hashes[index] == hash(part);
  }

  /** Forgets every part from that index on. */
  void cut(int index) {
    count = index;
  }

  private long hash(byte[] part) {
    one.reset();
    one.update(part);
    other.reset();
    other.update(part);
    return one.getValue() << 32 | other.getValue();
  }
}
