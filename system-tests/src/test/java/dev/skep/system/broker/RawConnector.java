package dev.skep.system.broker;

import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.io.ReadWritePacket;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A connector that signed in properly and then sends whatever packet it likes. */
final class RawConnector implements AutoCloseable {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final int CLIENT_ACKNOWLEDGE = 2;

  private final RawClient client;
  private final long connection;
  private final long session;

  RawConnector(LabServer server, Provider provider) throws IOException {
    client = new RawClient(server);
    connection = client.number(Packets.hello(Map.of()), "JMQConnectionID");
    client.ask(Packets.authenticate(provider.user(), provider.token()));
    session = openSession();
    client.send(Packets.of(PacketType.START, Map.of()));
  }

  long openSession() throws IOException {
    Map<String, ?> mode = Map.of("JMQAckMode", CLIENT_ACKNOWLEDGE);
    return client.number(Packets.of(PacketType.CREATE_SESSION, mode), "JMQSessionID");
  }

  /** Its connection's number in the broker. */
  long connection() {
    return connection;
  }

  /** Its session's number in the broker. */
  long session() {
    return session;
  }

  /** Adds a consumer and returns its number in the broker. */
  long consume(String queue, int bits) throws IOException {
    return client.number(
        Packets.about(PacketType.ADD_CONSUMER, queue, bits, session), "JMQConsumerID");
  }

  /** Whether the broker says yes to a packet about a destination. */
  boolean isAllowed(int type, String queue, int bits) throws IOException {
    return status(Packets.about(type, queue, bits, session)) == Attack.OK;
  }

  int status(ReadWritePacket packet) throws IOException {
    return client.status(packet);
  }

  void send(ReadWritePacket packet) throws IOException {
    client.send(packet);
  }

  boolean hears(String text) throws IOException {
    return client.receive(SHORT).equals(text);
  }

  boolean isGoneWithin(Duration limit) throws InterruptedException {
    return client.isGoneWithin(limit);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
