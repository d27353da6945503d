package dev.skep.queen.rest;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request body that throws {@code body-too-large} after its limit; a chunked body says no length
 * beforehand.
 */
final class LimitedBody extends FilterInputStream {
  private final int limit;
  private long seen;

  LimitedBody(InputStream in, int limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      count(1);
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  private void count(int bytes) {
    seen += bytes;
    if (seen > limit) {
      throw tooLarge(limit);
    }
  }

  static SkepException tooLarge(int limit) {
    return SkepException.of("body-too-large", 413)
        .fault(Fault.CALLER)
        .because("The request body is larger than the " + limit + " bytes allowed here.")
        .hint("Send less in one request.");
  }
}
