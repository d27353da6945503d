package dev.skep.provider.bulk;

import java.io.IOException;
import java.io.InputStream;

/** Counts lines without looking at them. */
public final class LineCount {
  private LineCount() {}

  /** The lines to the end of the stream; a last one need not be ended. */
  public static long of(InputStream in) throws IOException {
    byte[] block = new byte[1 << 16];
    long lines = 0;
    byte last = '\n';
    for (int count = in.read(block); count > 0; count = in.read(block)) {
      for (int i = 0; i < count; i++) {
        lines += block[i] == '\n' ? 1 : 0;
      }
      last = block[count - 1];
    }
    return last == '\n' ? lines : lines + 1;
  }
}
