package dev.skep.provider.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The socket a worker dials: lets exactly one connection in, then is gone. */
public final class WorkerDoor implements AutoCloseable {

  private final Path path;
  private final ServerSocketChannel listener;
  private final Selector selector;

  private WorkerDoor(Path path, ServerSocketChannel listener, Selector selector) {
    this.path = path;
    this.listener = listener;
    this.selector = selector;
  }

  /** Listens in the slot's folder. */
  public static WorkerDoor open(SlotFolder folder) throws IOException {
    Path path = folder.run().resolve("s");
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path), 1);
    SlotFolder.open(path, "rw-rw-rw-");
    listener.configureBlocking(false);
    Selector selector = Selector.open();
    listener.register(selector, SelectionKey.OP_ACCEPT);
    return new WorkerDoor(path, listener, selector);
  }

  /** The worker's connection, when it comes within that time. */
  public Optional<SocketChannel> await(long millis) throws IOException {
    selector.select(millis);
    return Optional.ofNullable(listener.accept());
  }

  @Override
  public void close() throws IOException {
    selector.close();
    listener.close();
    Files.deleteIfExists(path);
  }
}
