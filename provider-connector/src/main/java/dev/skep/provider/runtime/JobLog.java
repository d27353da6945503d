package dev.skep.provider.runtime;

import java.nio.charset.StandardCharsets;

/** What a job's code printed while it ran, cut at {@link #MAX_BYTES}. */
public record JobLog(String text, boolean truncated) {

  /** The most that is kept of one attempt's log, in UTF-8 bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  /** A job that printed nothing. */
  public static final JobLog EMPTY = new JobLog("", false);

  /** Keeps at most {@link #MAX_BYTES} of a text that a stranger's program sent. */
  public static JobLog of(String text, boolean truncated) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return new JobLog(text, truncated);
    }
    // One character less than fits at worst: a cut inside a character must not become a longer
    // replacement.
    int end = MAX_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new JobLog(new String(bytes, 0, end, StandardCharsets.UTF_8), true);
  }
}
