package dev.skep.protocol.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts frames together from bytes as they come. Memory grows with what came, never before it. */
public final class StreamFrames {

  private final ByteBuffer head = ByteBuffer.allocate(StreamFrame.HEAD);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
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
        StreamFrame frame = new StreamFrame(known, body.toByteArray());
        kind = null;
        body.reset();
        to.accept(frame);
      }
    }
  }

  private boolean isWhole() {
    return kind != null && body.size() == length;
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

  private boolean readBody(ByteBuffer from) {
    int part = Math.min(length - body.size(), from.remaining());
    body.write(from.array(), from.arrayOffset() + from.position(), part);
    from.position(from.position() + part);
    return body.size() == length;
  }
}
