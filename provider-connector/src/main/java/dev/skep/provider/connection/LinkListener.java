package dev.skep.provider.connection;

import dev.skep.protocol.SkepException;

/** Hears what a link brings; called by one thread of the link, one call at a time. */
public interface LinkListener {
  /** A frame, not opened yet: whatever the transport delivered. */
  void received(byte[] frame);

  /** The transport broke by itself; said once, and nothing is received afterwards. */
  void lost(SkepException why);
}
