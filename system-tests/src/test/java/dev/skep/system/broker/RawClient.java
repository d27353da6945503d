package dev.skep.system.broker;

import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.io.ReadWritePacket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;

/** Speaks the broker's protocol packet by packet, so that it can lie in every field of it. */
final class RawClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SSLSocket socket;
  private final BlockingQueue<ReadWritePacket> received = new LinkedBlockingQueue<>();
  private final Thread reader = new Thread(this::read, "raw-client");

  RawClient(LabServer server) throws IOException {
    socket = Tls.connect(server);
    reader.setDaemon(true);
    reader.start();
  }

  void send(ReadWritePacket packet) throws IOException {
    packet.setPort(socket.getLocalPort());
    OutputStream out = socket.getOutputStream();
    synchronized (out) {
      packet.writePacket(out);
      out.flush();
    }
  }

  /**
   * Sends and waits for the reply, whose type is the next number; throws when the connection ends
   * instead.
   */
  ReadWritePacket ask(ReadWritePacket packet) throws IOException {
    packet.setSendAcknowledge(true);
    send(packet);
    int type = Packets.isMessage(packet) ? PacketType.SEND_REPLY : packet.getPacketType() + 1;
    return await(PATIENCE, reply -> reply.getPacketType() == type)
        .orElseThrow(() -> new IOException("no reply"));
  }

  /** The status in the reply. */
  int status(ReadWritePacket packet) throws IOException {
    return (Integer) property(ask(packet), "JMQStatus");
  }

  /** A number in the reply that the broker gave out. */
  long number(ReadWritePacket packet, String name) throws IOException {
    return (Long) property(ask(packet), name);
  }

  /** The text of the next message; empty when none comes in time. */
  String receive(Duration limit) throws IOException {
    return await(limit, Packets::isMessage)
        .map(packet -> new String(packet.getMessageBody(), StandardCharsets.UTF_8))
        .orElse("");
  }

  private Optional<ReadWritePacket> await(Duration limit, Predicate<ReadWritePacket> wanted)
      throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      ReadWritePacket packet = next(deadline);
      if (packet != null && wanted.test(packet)) {
        return Optional.of(packet);
      }
      if (isGone()) {
        throw new IOException("The broker closed the connection");
      }
    }
    return Optional.empty();
  }

  private ReadWritePacket next(long deadline) throws IOException {
    try {
      long slice = Math.min(deadline - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(50));
      return received.poll(slice, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Whether the broker has ended the connection and everything it sent before is read. */
  boolean isGone() {
    return !reader.isAlive() && received.isEmpty();
  }

  /** Whether the broker ends the connection within the limit. */
  boolean isGoneWithin(Duration limit) throws InterruptedException {
    reader.join(limit.toMillis());
    return !reader.isAlive();
  }

  static Object property(ReadWritePacket packet, String name) throws IOException {
    try {
      Hashtable<?, ?> properties = packet.getProperties();
      return properties.get(name);
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  private void read() {
    try {
      InputStream in = socket.getInputStream();
      while (true) {
        ReadWritePacket packet = new ReadWritePacket();
        packet.readPacket(in);
        if (packet.getPacketType() == PacketType.GOODBYE) {
          return;
        }
        received.add(packet);
      }
    } catch (IOException e) {
      // The broker closed the connection: that is what isGone tells.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
