package dev.skep.queen.stream;

import dev.skep.protocol.yamux.YamuxSession;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends what a session has to send whenever the connection takes it; never waits. */
final class PlaneWriter implements WriteListener {
  private static final int BUFFER = 64 * 1024;

  private final YamuxSession yamux;
  private final ServletOutputStream output;
  private final PlaneConnection plane;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private boolean started;
  private boolean flushDue;

  PlaneWriter(YamuxSession yamux, ServletOutputStream output, PlaneConnection plane) {
    this.yamux = yamux;
    this.output = output;
    this.plane = plane;
  }

  void start() {
    output.setWriteListener(this);
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      started = true;
    }
    pump();
  }

  @Override
  public void onError(Throwable failure) {
    plane.close("it broke: " + failure);
  }

  void pump() {
    try {
      write();
    } catch (IOException | IllegalStateException e) { // a closed connection says either
      plane.close("it broke: " + e);
    }
  }

  private synchronized void write() throws IOException {
    while (started && output.isReady()) {
      if (yamux.drain(buffer.clear()) > 0) {
        output.write(buffer.array(), 0, buffer.position());
        flushDue = true;
      } else if (flushDue) {
        flushDue = false;
        output.flush();
      } else {
        return;
      }
    }
  }
}
