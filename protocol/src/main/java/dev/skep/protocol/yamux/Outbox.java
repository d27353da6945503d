package dev.skep.protocol.yamux;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a session has to send: few frames of its own first, then one frame of each ready stream in
 * turn. Guarded by the session's lock.
 */
final class Outbox {

  private final Deque<FrameHeader> own = new ArrayDeque<>();
  private final Deque<YamuxStream> ready = new ArrayDeque<>();
  private final int mostUnsent;

  Outbox(YamuxLimits limits) {
    this.mostUnsent = YamuxLimits.MAX_REPLIES + limits.maxUnacknowledged();
  }

  /** An answer that the peer provoked; one that does not read its answers may not ask for ever. */
  void reply(FrameHeader frame) throws YamuxException {
    if (own.size() >= mostUnsent) {
      throw YamuxException.violation("it asks without reading the answers");
    }
    own.addLast(frame);
  }

  void say(FrameHeader frame) {
    if (own.size() < mostUnsent) {
      own.addLast(frame);
    }
  }

  /** The last frame of a session that failed. */
  void farewell(FrameHeader frame) {
    clear();
    own.addLast(frame);
  }

  void clear() {
    own.clear();
    ready.clear();
  }

  /** Gives a stream its turn; false when it waits for one already. */
  boolean add(YamuxStream stream) {
    if (stream.queued) {
      return false;
    }
    stream.queued = true;
    ready.addLast(stream);
    return true;
  }

  boolean hasFrames() {
    return !own.isEmpty() || !ready.isEmpty();
  }

  /** Writes one frame; false when there is none. */
  boolean emit(ByteBuffer into, Consumer<YamuxStream> sent) {
    FrameHeader frame = own.pollFirst();
    if (frame != null) {
      frame.put(into);
      return true;
    }
    YamuxStream stream = ready.pollFirst();
    if (stream == null) {
      return false;
    }
    stream.queued = false;
    if (stream.isReady()) {
      stream.emit(into);
    }
    if (stream.isReady()) {
      add(stream);
    }
    sent.accept(stream);
    return true;
  }
}
