package dev.skep.protocol.stream;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wire.WireLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One frame on a stream: {@code kind u8 | length u32 | body}. A connector opens one {@link
 * Kind#CONTROL} stream per session, on which the queen cancels, and one stream per attempt that has
 * something to tell, which begins with {@link Kind#ATTEMPT}.
 */
@SuppressWarnings("ArrayRecordComponent")
public record StreamFrame(Kind kind, byte[] body) {

  /** Before every body. */
  static final int HEAD = 5;

  private static final byte[] NOTHING = {};

  /** What a frame is about, and how long its body may be. */
  public enum Kind {
    /** Connector: this stream is for what the queen has to say. Empty. */
    CONTROL(1, 0),
    /** Connector: this stream tells of an attempt. Body: {@code job/number}. */
    ATTEMPT(2, 64),
    /** Connector: the next item that the job yielded. Body: canonical JSON. */
    PART(3, WireLimits.MAX_OUTPUT),
    /** Connector: how far the job is. Body: JSON {@code {done, total, text}}. */
    PROGRESS(4, 4096),
    /** Connector: what the job printed since the last time. Body: UTF-8. */
    LOG(5, 3 * WireLimits.MAX_LOG),
    /** Queen, on the control stream: stop this attempt. Body: {@code job/number}. */
    CANCEL(16, 64);

    private final int code;
    private final int mostBytes;

    Kind(int code, int mostBytes) {
      this.code = code;
      this.mostBytes = mostBytes;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw malformed("a frame of kind " + code);
    }

    int check(long length) {
      if (length > mostBytes) {
        throw malformed("a frame " + this + " of " + length + " bytes");
      }
      return (int) length;
    }
  }

  public static StreamFrame control() {
    return new StreamFrame(Kind.CONTROL, NOTHING);
  }

  public static StreamFrame of(Kind kind, AttemptRef attempt) {
    return new StreamFrame(kind, attempt.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** The attempt that the body names; throws {@code attempt-malformed} for anything else. */
  public AttemptRef attempt() {
    return AttemptRef.parse(text());
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The frame as it travels. */
  public byte[] toBytes() {
    kind.check(body.length);
    return ByteBuffer.allocate(HEAD + body.length)
        .put((byte) kind.code)
        .putInt(body.length)
        .put(body)
        .array();
  }

  /** What is said of a stream that is not ours: {@code carries} and what is wrong. */
  public static SkepException malformed(String what) {
    return SkepException.of("stream-malformed", 400)
        .fault(Fault.PROVIDER)
        .because("a stream carries " + what)
        .hint("The other end speaks another version, or is not one of ours.");
  }
}
