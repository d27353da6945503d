package dev.skep.queen.hangup;

import java.io.IOException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.IOEvent;

/**
 * HTTP/1.1: reads the connection while its call waits, so that its end is seen. Bytes that come
 * then are TLS saying good-bye, or a call sent behind this one before its answer, which HTTP tells
 * clients not to do behind a POST and which might be answered first: both end the connection.
 */
final class ConnectionWatch extends ConnectionProbe.Adapter implements Watch {
  private final Connection<?> connection;
  private volatile boolean ended;

  private ConnectionWatch(Connection<?> connection) {
    this.connection = connection;
  }

  static Watch of(Connection<?> connection) throws IOException {
    ConnectionWatch watch = new ConnectionWatch(connection);
    connection.getMonitoringConfig().addProbes(watch);
    connection.enableIOEvent(IOEvent.READ);
    return watch;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the engine declares it
  public void onReadEvent(Connection of, Buffer data, int size) {
    if (!ended) {
      connection.closeSilently();
    }
  }

  @Override
  public boolean isGone() {
    return !connection.isOpen();
  }

  @Override
  public void end() {
    ended = true;
    connection.getMonitoringConfig().removeProbes(this);
  }
}
