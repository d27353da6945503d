package dev.skep.queen.hangup;

import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;

/** HTTP/2: the connection is always read; a client takes one call back by resetting its stream. */
record StreamWatch(Connection<?> connection, Closeable stream) implements Watch {

  @Override
  public boolean isGone() {
    return !stream.isOpen() || !connection.isOpen();
  }

  @Override
  public void end() {}
}
