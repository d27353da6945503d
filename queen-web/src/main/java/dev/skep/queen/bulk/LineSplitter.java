package dev.skep.queen.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes in into lines. A line longer than the limit is told as such and never held: its
 * rest is dropped as it comes. Blank lines are counted and passed over.
 */
final class LineSplitter {
  private final int longest;
  private final byte[] block = new byte[8192];
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private int from;
  private int to;
  private long number;
  private boolean tooLong;
  private boolean over;

  LineSplitter(int longest) {
    this.longest = longest;
  }

  /**
   * One line.
   *
   * @param number from 1, as an editor counts
   * @param text null when it was too long
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
  record Line(long number, byte @Nullable [] text) {}

  /** Whether the last block is used up. */
  boolean wantsMore() {
    return from == to && !over;
  }

  /** Takes one block; false at the end of the stream. */
  boolean read(InputStream in) throws IOException {
    int count = in.read(block);
    from = 0;
    to = Math.max(0, count);
    over = count < 0;
    return !over;
  }

  /** No more blocks will come; what is left is the last line. */
  void end() {
    over = true;
  }

  /** The next whole line of what was read, or null when more has to be read for one. */
  @Nullable Line next() {
    while (from < to) {
      int end = endOfLine();
      keep(end);
      boolean whole = end < to;
      from = Math.min(to, end + 1);
      Line line = whole ? cut() : null;
      if (line != null) {
        return line;
      }
    }
    return over ? cut() : null;
  }

  private int endOfLine() {
    int at = from;
    while (at < to && block[at] != '\n') {
      at++;
    }
    return at;
  }

  private void keep(int end) {
    tooLong |= part.size() + end - from > longest;
    if (tooLong) {
      part.reset();
    } else {
      part.write(block, from, end - from);
    }
  }

  /** Ends the line; null when it was blank. */
  private @Nullable Line cut() {
    boolean nothing = part.size() == 0 && !tooLong;
    if (!(nothing && over && from == to)) {
      number++;
    }
    byte[] text = tooLong ? null : part.toByteArray();
    part.reset();
    tooLong = false;
    return text != null && isBlank(text) ? null : new Line(number, text);
  }

  private static boolean isBlank(byte[] text) {
    for (byte c : text) {
      if (c != ' ' && c != '\t' && c != '\r') {
        return false;
      }
    }
    return true;
  }
}
