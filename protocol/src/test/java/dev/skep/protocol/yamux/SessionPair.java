package dev.skep.protocol.yamux;

import dev.skep.protocol.yamux.YamuxSession.Side;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** Two sessions without a network: bytes move when the test says so. */
final class SessionPair {
  final End client;
  final End server;

  SessionPair(YamuxLimits limits) {
    client = new End(Side.CLIENT, limits);
    server = new End(Side.SERVER, limits);
  }

  /** One side, and the streams its peer opened. */
  static final class End implements YamuxListener {
    final YamuxSession session;
    final Deque<YamuxStream> accepted = new ArrayDeque<>();
    final Set<YamuxStream> changed = new LinkedHashSet<>();

    End(Side side, YamuxLimits limits) {
      session = new YamuxSession(side, limits, this, () -> {});
    }

    @Override
    public void opened(YamuxStream stream) {
      accepted.add(stream);
    }

    @Override
    public void changed(YamuxStream stream) {
      changed.add(stream);
    }
  }

  /** Carries everything both ways until nothing moves any more. */
  void settle() throws YamuxException {
    while (carry(client, server) + carry(server, client) > 0) {
      // each turn moves what the last one provoked
    }
  }

  static int carry(End from, End to) throws YamuxException {
    ByteBuffer bytes = ByteBuffer.allocate(100_000);
    int count = from.session.drain(bytes);
    to.session.receive(bytes.flip());
    return count;
  }
}
