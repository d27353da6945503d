package dev.skep.protocol.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a body into header and payloads; no length is believed before it is compared with what is
 * there.
 */
final class PayloadReader {
  private final byte[] body;
  private int position;

  PayloadReader(byte[] body) {
    this.body = body;
  }

  long headerLength() {
    if (body.length < 4 || body.length > WireLimits.MAX_BODY) {
      throw Malformed.because(
          "a body has 4 to " + WireLimits.MAX_BODY + " bytes, got " + body.length);
    }
    position = 4;
    return Integer.toUnsignedLong(ByteBuffer.wrap(body).getInt(0));
  }

  byte[] take(long length, int max) {
    if (length > max || length > body.length - position) {
      throw Malformed.because(
          "a length of "
              + length
              + " does not fit: "
              + (body.length - position)
              + " bytes are left");
    }
    int from = position;
    position += (int) length;
    return Arrays.copyOfRange(body, from, position);
  }

  void expectEnd() {
    if (position != body.length) {
      throw Malformed.because((body.length - position) + " bytes after the last item");
    }
  }
}
