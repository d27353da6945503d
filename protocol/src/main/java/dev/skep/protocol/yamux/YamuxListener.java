package dev.skep.protocol.yamux;

/**
 * Hears what the peer does; called without the session's lock on the thread that hands bytes to it
 * or closes it, so it must be quick. What it throws ends the session.
 */
public interface YamuxListener {

  /** The peer opened a stream. It is acknowledged already; who does not want it resets it. */
  void opened(YamuxStream stream);

  /** Something changed on a stream: bytes came, or its end, or it was reset. */
  void changed(YamuxStream stream);
}
