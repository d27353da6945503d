package dev.skep.chain.proof;

import java.io.ByteArrayOutputStream;
import org.bouncycastle.jcajce.provider.digest.Keccak.Digest256;

/** Keccak-256 as the EVM computes it (not the later SHA3-256). */
public final class Keccak {
  private Keccak() {}

  /** The hash of the parts, one after the other. */
  public static Hash32 hash(byte[]... parts) {
    Digest256 digest = new Digest256();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    return Hash32.of(digest.digest());
  }

  /** The hash of two words in ascending order: a node of a Merkle tree. */
  static Hash32 hashPair(Hash32 a, Hash32 b) {
    return a.compareTo(b) <= 0 ? hash(a.bytes(), b.bytes()) : hash(b.bytes(), a.bytes());
  }

  /** Hashes what the words encode to. */
  public static Hash32 hash(Words words) {
    return hash(words.toByteArray());
  }

  static byte[] concat(byte[] a, byte[] b) {
    ByteArrayOutputStream both = new ByteArrayOutputStream(a.length + b.length);
    both.writeBytes(a);
    both.writeBytes(b);
    return both.toByteArray();
  }
}
