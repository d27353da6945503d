package dev.skep.chain.proof;

import java.util.Arrays;

/** Thirty-two immutable bytes: a hash, a root or a contract's {@code bytes32} id. */
public final class Hash32 implements Comparable<Hash32> {
  /** All zero: the parent of the first block and the root of a tree without leaves. */
  public static final Hash32 ZERO = new Hash32(new byte[32]);

  private final byte[] bytes;

  private Hash32(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies exactly 32 bytes. */
  public static Hash32 of(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash32(bytes.clone());
  }

  /** Reads {@code 0x} and 64 hexadecimal digits. */
  public static Hash32 parse(String text) {
    return new Hash32(Hex.decode(text, 32));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(Hash32 other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash32 hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return Hex.encode(bytes);
  }
}
