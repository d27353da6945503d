package dev.skep.protocol.yamux;

import dev.skep.protocol.yamux.YamuxSession.Side;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open streams of a session by number. Guarded by the session's lock. */
final class StreamTable {

  private final Map<Integer, YamuxStream> open = new HashMap<>();
  private final Deque<YamuxStream> unopened = new ArrayDeque<>();
  private final YamuxLimits limits;
  private final FloodGuard opens;
  private final int parity;
  private long next;
  private long highestOfPeer;
  private int ofPeer;
  private int unacknowledged;

  StreamTable(Side side, YamuxLimits limits) {
    this.limits = limits;
    this.opens = new FloodGuard("new streams", limits.opensPerSecond(), System::nanoTime);
    this.parity = side == Side.CLIENT ? 1 : 0;
    this.next = side == Side.CLIENT ? 1 : 2;
  }

  YamuxStream open(YamuxSession session) throws YamuxException {
    if (next > 0xffff_ffffL) {
      throw YamuxException.over("the session has no numbers left for streams");
    }
    YamuxStream stream = new YamuxStream(session, (int) next, true);
    next += 2;
    open.put(stream.id(), stream);
    return stream;
  }

  /** The peer's new stream; null when it has too many. */
  @Nullable YamuxStream accept(YamuxSession session, int id) throws YamuxException {
    opens.one();
    if ((id & 1) == parity) {
      throw YamuxException.violation("stream " + id + " has a number of our side");
    } else if (open.containsKey(id)) {
      throw YamuxException.violation("stream " + id + " is opened twice");
    }
    highestOfPeer = Math.max(highestOfPeer, Integer.toUnsignedLong(id));
    if (ofPeer >= limits.maxStreams()) {
      return null;
    }
    YamuxStream stream = new YamuxStream(session, id, false);
    open.put(id, stream);
    ofPeer++;
    return stream;
  }

  /** An open stream; null when it was open once. */
  @Nullable YamuxStream find(int id) throws YamuxException {
    YamuxStream stream = open.get(id);
    long number = Integer.toUnsignedLong(id);
    boolean never = (id & 1) == parity ? number >= next : number > highestOfPeer;
    if (stream == null && never) {
      throw YamuxException.violation("a frame for stream " + id + ", which was never opened");
    }
    return stream;
  }

  /** Whether a stream of ours has to wait with its first frame. */
  boolean mustWait(YamuxStream stream) {
    if (!stream.needsOpening()) {
      return false;
    } else if (unacknowledged >= limits.maxUnacknowledged()) {
      if (!unopened.contains(stream)) {
        unopened.addLast(stream);
      }
      return true;
    }
    stream.opening();
    unacknowledged++;
    return false;
  }

  /** The peer said yes; the streams that may go now. */
  List<YamuxStream> acknowledged(YamuxStream stream) {
    if (!stream.isUnacknowledged()) {
      return List.of();
    }
    stream.acknowledged();
    unacknowledged--;
    return nextToOpen();
  }

  private List<YamuxStream> nextToOpen() {
    YamuxStream waiting = unopened.pollFirst();
    return waiting == null ? List.of() : List.of(waiting);
  }

  /** The stream is over; the streams that may go now. */
  List<YamuxStream> remove(YamuxStream stream) {
    if (open.remove(stream.id()) == null) {
      return List.of();
    }
    unopened.remove(stream);
    if ((stream.id() & 1) != parity) {
      ofPeer--;
    }
    return acknowledged(stream);
  }

  int count() {
    return open.size();
  }

  List<YamuxStream> removeAll() {
    List<YamuxStream> all = List.copyOf(open.values());
    open.clear();
    unopened.clear();
    return all;
  }
}
