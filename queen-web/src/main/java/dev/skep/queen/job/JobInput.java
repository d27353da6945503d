package dev.skep.queen.job;

import dev.skep.protocol.json.JsonText;
import dev.skep.queen.dispatch.BlobRef;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A job's input: the bytes a client sent, or our mark for those that are kept as a blob. Only
 * {@link #kept} makes a mark count as one; sent by a client it is what it looks like, no JSON.
 */
final class JobInput {
  private final byte[] bytes;
  private final boolean kept;

  private JobInput(byte[] bytes, boolean kept) {
    this.bytes = bytes;
    this.kept = kept;
  }

  static JobInput sent(byte[] bytes) {
    return new JobInput(bytes, false);
  }

  /** Bytes that were found to be JSON before they were kept. */
  static JobInput kept(BlobRef blob) {
    return new JobInput(blob.mark(), true);
  }

  /** What goes through the dispatcher. */
  byte[] bytes() {
    return bytes;
  }

  boolean isKept() {
    return kept;
  }

  /** Throws {@code input-malformed} for what is no JSON. */
  void check() {
    if (!kept) {
      JsonText.check(bytes);
    }
  }

  /** Of what the client sent. */
  byte[] sha256() {
    return kept ? BlobRef.of(bytes).orElseThrow().sha256Bytes() : sha256(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
