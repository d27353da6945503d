package dev.skep.protocol.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts frames together from bytes as they come. Memory grows with what came, never before it. */
public final class StreamFrames {

  private static final byte[] NOTHING = {};

  private final ByteBuffer head = ByteBuffer.allocate(StreamFrame.HEAD);
  private byte[] body = NOTHING;
  private int filled;
  private StreamFrame.@Nullable Kind kind;
  private int length;

  /** Hands every frame that is whole to {@code to}; throws {@code stream-malformed}. */
  public void feed(byte[] bytes, int count, Consumer<StreamFrame> to) {
    ByteBuffer from = ByteBuffer.wrap(bytes, 0, count);
    while (from.hasRemaining() || isWhole()) {
      StreamFrame.Kind known = kind;
      if (known == null) {
        readHead(from);
      } else if (readBody(from)) {
        kind = null;
        to.accept(new StreamFrame(known, takeBody()));
      }
    }
  }

  private boolean isWhole() {
    return kind != null && filled == length;
  }

  private void readHead(ByteBuffer from) {
    while (from.hasRemaining() && head.hasRemaining()) {
      head.put(from.get());
    }
    if (!head.hasRemaining()) {
      head.flip();
      StreamFrame.Kind next = StreamFrame.Kind.of(head.get());
      length = next.check(Integer.toUnsignedLong(head.getInt()));
      kind = next;
      head.clear();
    }
  }

  /** A body that is there in one piece, as most are, is copied once. */
  private boolean readBody(ByteBuffer from) {
    int part = Math.min(length - filled, from.remaining());
    if (filled + part > body.length) {
      int room = Math.min(length, Math.max(filled + part, 2 * body.length));
      body = Arrays.copyOf(body, room);
    }
    from.get(body, filled, part);
    filled += part;
    return filled == length;
  }

  private byte[] takeBody() {
    byte[] whole = body.length == length ? body : Arrays.copyOf(body, length);
    body = NOTHING;
    filled = 0;
    return whole;
  }
}
