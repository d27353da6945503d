package dev.skep.queen.stream;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Remembers parts by eight bytes of their SHA-256, to know them again without keeping them. */
final class PartHashes {
  private final MessageDigest digest = sha256();
  private long[] hashes = new long[16];
  private int count;

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

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
    return ByteBuffer.wrap(digest.digest(part)).getLong();
  }
}
