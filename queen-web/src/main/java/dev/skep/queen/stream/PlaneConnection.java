package dev.skep.queen.stream;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.yamux.YamuxException;
import dev.skep.protocol.yamux.YamuxLimits;
import dev.skep.protocol.yamux.YamuxListener;
import dev.skep.protocol.yamux.YamuxSession;
import dev.skep.protocol.yamux.YamuxStream;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connector's plane on the container's threads: they come when there is something to read or
 * room to write, and none waits.
 */
final class PlaneConnection implements ReadListener, YamuxListener {
  private static final System.Logger LOG = System.getLogger(PlaneConnection.class.getName());
  private static final int BUFFER = 64 * 1024;

  private final SessionId session;
  private final StreamPlanes planes;
  private final WebConnection connection;
  private final YamuxSession yamux;
  private final byte[] received = new byte[BUFFER];
  private volatile long heardNanos = System.nanoTime();
  private volatile @Nullable YamuxStream control;
  private @Nullable ServletInputStream input;
  private @Nullable PlaneWriter writer;
  private boolean closed;

  PlaneConnection(SessionId session, StreamPlanes planes, WebConnection connection) {
    this.session = session;
    this.planes = planes;
    this.connection = connection;
    this.yamux = new YamuxSession(YamuxSession.Side.SERVER, YamuxLimits.DEFAULT, this, this::pump);
  }

  void start() throws IOException {
    input = connection.getInputStream();
    writer = new PlaneWriter(yamux, connection.getOutputStream(), this);
    planes.opened(this);
    writer.start();
    input.setReadListener(this);
  }

  SessionId session() {
    return session;
  }

  /** How long the connector has been silent. */
  long silentNanos() {
    return System.nanoTime() - heardNanos;
  }

  int streams() {
    return yamux.openStreams();
  }

  private void pump() {
    PlaneWriter open = writer;
    if (open != null) {
      open.pump();
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    ServletInputStream open = input;
    while (open != null && open.isReady() && !open.isFinished()) {
      int count = open.read(received);
      if (count < 0) {
        return;
      }
      heardNanos = System.nanoTime();
      receive(count);
    }
  }

  private void receive(int count) {
    try {
      yamux.receive(ByteBuffer.wrap(received, 0, count));
    } catch (YamuxException e) {
      LOG.log(System.Logger.Level.WARNING, "session {0}: {1}", session, e.getMessage());
      close(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void onAllDataRead() {
    close("the connector closed it");
  }

  @Override
  public void onError(Throwable failure) {
    close("it broke: " + failure);
  }

  @Override
  public void opened(YamuxStream stream) {
    stream.attach(new AttemptEar(this, planes.relays(), stream));
  }

  @Override
  public void changed(YamuxStream stream) {
    if (stream.attachment() instanceof AttemptEar ear) {
      ear.pull();
    }
  }

  /** The connector's stream for what we have to say; a second one takes over. */
  void control(YamuxStream stream) {
    control = stream;
  }

  /** Says something on the control stream; lost when there is none or it is full. */
  boolean say(byte[] frame) {
    YamuxStream open = control;
    return open != null && open.offer(frame);
  }

  /** A connector that says nonsense on a stream says it nowhere any more. */
  void malformed(SkepException e) {
    LOG.log(System.Logger.Level.WARNING, "session {0}: {1}", session, e.getMessage());
    close(String.valueOf(e.getMessage()));
  }

  void close(String why) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    LOG.log(System.Logger.Level.INFO, "session {0}: stream plane over: {1}", session, why);
    pump(); // the farewell, if there is one
    yamux.close(why);
    planes.closed(this);
    try {
      connection.close();
    } catch (Exception e) { // declared by AutoCloseable
      LOG.log(System.Logger.Level.DEBUG, "a stream plane was not closed well", e);
    }
  }
}
