package dev.skep.queen.dispatch.jms;

import dev.skep.protocol.wire.WireLimits;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/** Takes the bytes out of a JMS message. */
final class Frames {
  private static final byte[] NONE = {};

  private Frames() {}

  /**
   * The frame, or nothing for what is no bytes message or too long: that is garbage and refused as
   * such. A failing broker throws, so that the message is delivered again.
   */
  static byte[] of(Message message) {
    try {
      if (!(message instanceof BytesMessage bytes) || bytes.getBodyLength() > longest()) {
        return NONE;
      }
      byte[] frame = new byte[(int) bytes.getBodyLength()];
      int read = bytes.readBytes(frame);
      return read == frame.length ? frame : NONE;
    } catch (JMSException e) {
      throw new IllegalStateException("the broker did not hand over a message", e);
    }
  }

  private static long longest() {
    return WireLimits.MAX_BODY + 1024L;
  }
}
