package dev.skep.provider.runtime;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Remembers the parts of one attempt by their hash alone, to hold the final answer to them: what a
 * caller heard as it came is what is paid for, and no memory is spent on it twice.
 */
public final class PartsDigest {

  private final int limit;
  private final MessageDigest digest = sha256();
  private int count;
  private long bytes = 1; // the opening bracket

  /** The array of all parts may have {@code limit} bytes. */
  public PartsDigest(int limit) {
    this.limit = limit;
    digest.update((byte) '[');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public int limit() {
    return limit;
  }

  /** How many parts there have been, which is the next one's index. */
  public int count() {
    return count;
  }

  /** The length of the array if one more part of that length came and nothing after it. */
  public long bytesWith(int length) {
    return bytes + length + 1;
  }

  public boolean fits(int length) {
    return bytesWith(length) <= limit;
  }

  public void add(byte[] json) {
    if (count > 0) {
      digest.update((byte) ',');
    }
    digest.update(json);
    bytes += json.length + 1;
    count++;
  }

  /** Whether an answer is the array of the parts; any answer is when there were none. */
  public boolean agreesWith(byte[] output) {
    if (count == 0) {
      return true;
    }
    digest.update((byte) ']');
    return MessageDigest.isEqual(digest.digest(), sha256().digest(output));
  }
}
