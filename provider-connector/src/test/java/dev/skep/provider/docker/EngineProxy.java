package dev.skep.provider.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A socket that leads to the Docker Engine until it is cut: to its client the engine has stopped.
 */
final class EngineProxy implements AutoCloseable {

  private static final Path ENGINE = Path.of("/var/run/docker.sock");

  private final Path path;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocketChannel listener;

  EngineProxy(Path folder) throws IOException {
    path = folder.resolve("e");
    restore();
  }

  URI address() {
    return URI.create("unix://" + path);
  }

  void restore() throws IOException {
    ServerSocketChannel fresh = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    fresh.bind(UnixDomainSocketAddress.of(path));
    listener = fresh;
    daemon(() -> acceptAll(fresh));
  }

  void cut() throws IOException {
    listener.close();
    Files.deleteIfExists(path);
    for (SocketChannel channel : open) {
      channel.close();
    }
    open.clear();
  }

  private void acceptAll(ServerSocketChannel from) {
    try {
      while (true) {
        SocketChannel client = from.accept();
        SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(ENGINE));
        open.add(client);
        open.add(engine);
        daemon(() -> pump(client, engine));
        daemon(() -> pump(engine, client));
      }
    } catch (IOException e) {
      return; // cut
    }
  }

  private void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      return; // cut
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "engine-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
