package dev.skep.provider.stream;

import dev.skep.protocol.yamux.YamuxLimits;
import dev.skep.protocol.yamux.YamuxListener;
import dev.skep.protocol.yamux.YamuxPump;
import dev.skep.protocol.yamux.YamuxSession;
import dev.skep.protocol.yamux.YamuxStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The queen's end of planes over loopback sockets; may be away, or refuse. */
final class QueenPlane implements PlaneDialer, YamuxListener {
  final List<String> passwords = new CopyOnWriteArrayList<>();
  final List<YamuxStream> streams = new CopyOnWriteArrayList<>();
  final CountDownLatch dials = new CountDownLatch(1);
  volatile boolean away;
  volatile boolean refusing;

  @Override
  public Wire dial(String password) throws IOException {
    passwords.add(password);
    dials.countDown();
    if (refusing) {
      throw new PlaneRefusedException("HTTP/1.1 404 Not Found");
    } else if (away) {
      throw new ConnectException("nobody there");
    }
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket near = new Socket(door.getInetAddress(), door.getLocalPort());
      serve(door.accept());
      return new Wire(near.getInputStream(), near.getOutputStream(), near);
    }
  }

  private void serve(Socket far) throws IOException {
    YamuxSession session =
        new YamuxSession(YamuxSession.Side.SERVER, YamuxLimits.DEFAULT, this, () -> {});
    new YamuxPump(session, far.getInputStream(), far.getOutputStream(), far)
        .start(
            task -> {
              Thread thread = new Thread(task, "queen-plane");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void opened(YamuxStream stream) {
    streams.add(stream);
  }

  @Override
  public void changed(YamuxStream stream) {}
}
