package dev.skep.provider.runtime;

import java.util.zip.CRC32;

/**
 * Remembers the parts of one attempt by a checksum alone, to hold the final answer to them. It
 * finds a worker's mistake, not its lie, which would harm nobody but its own callers; a digest
 * would cost more than all the rest of a stream.
 */
public final class PartsDigest {

  private final int limit;
  private final CRC32 sum = new CRC32();
  private int count;
  private long bytes = 1; // the opening bracket

  /** The array of all parts may have {@code limit} bytes. */
  public PartsDigest(int limit) {
    this.limit = limit;
    sum.update('[');
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
      sum.update(',');
    }
    sum.update(json);
    bytes += json.length + 1;
    count++;
  }

  /** Whether an answer is the array of the parts; any answer is when there were none. */
  public boolean agreesWith(byte[] output) {
    if (count == 0) {
      return true;
    }
    sum.update(']');
    CRC32 answer = new CRC32();
    answer.update(output);
    return output.length == bytes && answer.getValue() == sum.getValue();
  }
}
