package dev.skep.broker.guard;

import static com.sun.messaging.jmq.util.DestType.DEST_FLAVOR_SINGLE;
import static com.sun.messaging.jmq.util.DestType.DEST_TYPE_QUEUE;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.io.SysMessageID;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Hashtable;
import java.util.Map;

/**
 * The packets an honest connector sends once it is signed in; all others are refused, known to us
 * or not. Properties are read here only after {@link PropertyBytes} has seen them.
 */
final class PacketRules {
  static final int MAX_SESSIONS = 8;
  static final int MAX_PRODUCERS = 16;
  static final int MAX_CONSUMERS = 4;
  static final int MAX_ACKNOWLEDGED = 2_000;

  private static final int ACKNOWLEDGED_BYTES = Long.BYTES + SysMessageID.ID_SIZE;

  private final Rights rights;
  private final Holdings holdings;

  PacketRules(Rights rights, Holdings holdings) {
    this.rights = rights;
    this.holdings = holdings;
  }

  void check(Packet packet) throws Violation {
    Violation.when(packet.getTransactionID() != 0, "a transaction");
    switch (packet.getPacketType()) {
      case PacketType.BYTES_MESSAGE -> checkMessage(packet);
      case PacketType.ACKNOWLEDGE -> checkAcknowledge(packet);
      case PacketType.REDELIVER -> checkRedeliver(packet);
      case PacketType.ADD_PRODUCER -> checkAddProducer(properties(packet));
      case PacketType.ADD_CONSUMER -> checkAddConsumer(properties(packet));
      case PacketType.CREATE_DESTINATION, PacketType.VERIFY_DESTINATION ->
          checkNamed(properties(packet));
      case PacketType.CREATE_SESSION ->
          Violation.when(holdings.sessions() >= MAX_SESSIONS, "too many sessions");
      case PacketType.DELETE_PRODUCER,
          PacketType.DELETE_CONSUMER,
          PacketType.DESTROY_SESSION,
          PacketType.START,
          PacketType.STOP,
          PacketType.RESUME_FLOW ->
          checkOwn(properties(packet));
      case PacketType.PING_REPLY -> {}
      default -> throw new Violation("packet " + PacketType.getString(packet.getPacketType()));
    }
  }

  /**
   * The real destination is in the packet's header; the producer it was registered on says nothing
   * about it.
   */
  private void checkMessage(Packet packet) throws Violation {
    String queue = packet.getDestination();
    Violation.when(!packet.getIsQueue() || packet.getWildcard(), "a message to no queue");
    Violation.when(queue == null || !rights.sends(queue), "a message to " + queue);
    Violation.when(packet.getReplyTo() != null, "a reply destination");
    Violation.when(packet.getPersistent(), "a persistent message");
    Violation.when(packet.getDeliveryTime() != 0, "a delayed message");
    Violation.when(holdings.foreignProducer(packet.getProducerID()), "another's producer");
  }

  private void checkAcknowledge(Packet packet) throws Violation {
    // Any other kind declares messages dead or undeliverable.
    Object kind = properties(packet).get("JMQAckType");
    Violation.when(kind != null && !kind.equals(0), "acknowledgement of type " + kind);
    checkConsumersIn(packet);
  }

  private void checkRedeliver(Packet packet) throws Violation {
    Violation.when(properties(packet).containsKey("JMQTransactionID"), "a transaction");
    checkConsumersIn(packet);
  }

  private void checkConsumersIn(Packet packet) throws Violation {
    ByteBuffer body = packet.getMessageBodyByteBuffer();
    int bytes = body == null ? 0 : body.remaining();
    Violation.when(bytes % ACKNOWLEDGED_BYTES != 0, "a torn list of messages");
    Violation.when(bytes / ACKNOWLEDGED_BYTES > MAX_ACKNOWLEDGED, "too long a list of messages");
    for (int at = 0; at < bytes; at += ACKNOWLEDGED_BYTES) {
      Violation.when(
          holdings.foreignConsumer(body.getLong(body.position() + at)), "another's consumer");
    }
  }

  private void checkAddProducer(Map<?, ?> properties) throws Violation {
    String queue = queueIn(properties);
    Violation.when(!rights.sends(queue), "a producer on " + queue);
    Violation.when(holdings.producers() >= MAX_PRODUCERS, "too many producers");
    checkOwn(properties);
  }

  private void checkAddConsumer(Map<?, ?> properties) throws Violation {
    String queue = queueIn(properties);
    Violation.when(!rights.inbox().equals(queue), "a consumer on " + queue);
    Violation.when(holdings.consumers() >= MAX_CONSUMERS, "too many consumers");
    Violation.when(properties.containsKey("JMQSelector"), "a selector");
    Violation.when(properties.containsKey("JMQDurableName"), "a durable subscription");
    Violation.when(properties.containsKey("JMQSharedSubscriptionName"), "a shared subscription");
    checkSession(properties);
  }

  private void checkNamed(Map<?, ?> properties) throws Violation {
    String queue = queueIn(properties);
    Violation.when(!rights.knows(queue), "asking for " + queue);
    Violation.when(properties.containsKey("JMQSelector"), "a selector");
  }

  private void checkOwn(Map<?, ?> properties) throws Violation {
    checkSession(properties);
    Violation.when(properties.containsKey("JMQDurableName"), "a durable subscription");
    if (properties.get("JMQProducerID") instanceof Long id) {
      Violation.when(holdings.foreignProducer(id), "another's producer");
    }
    if (properties.get("JMQConsumerID") instanceof Long id) {
      Violation.when(holdings.foreignConsumer(id), "another's consumer");
    }
  }

  private void checkSession(Map<?, ?> properties) throws Violation {
    if (properties.get("JMQSessionID") instanceof Long id) {
      Violation.when(holdings.foreignSession(id), "another's session");
    }
  }

  /**
   * The queue a packet names. Only the plain queue bits may be set: a TEMP bit would switch the
   * broker's own check off.
   */
  private static String queueIn(Map<?, ?> properties) throws Violation {
    int type = properties.get("JMQDestType") instanceof Integer bits ? bits : 0;
    int plain = type & ~DEST_FLAVOR_SINGLE;
    Violation.when(plain != DEST_TYPE_QUEUE, "destination type 0x" + Integer.toHexString(type));
    if (properties.get("JMQDestination") instanceof String name) {
      return name;
    }
    throw new Violation("no destination");
  }

  private static Map<?, ?> properties(Packet packet) throws Violation {
    try {
      Hashtable<?, ?> found = packet.getProperties();
      return found == null ? Map.of() : found;
    } catch (IOException | ClassNotFoundException e) {
      throw new Violation("unreadable properties");
    }
  }

  /** Before anybody is signed in; see {@link Handshake}. */
  static void checkHello(Packet packet, boolean signedIn) throws Violation {
    Violation.when(signedIn, "a second hello");
    Map<?, ?> properties = properties(packet);
    // The broker would destroy the connection of that number, whoever holds it.
    Violation.when(properties.containsKey("JMQConnectionID"), "resuming another connection");
    Violation.when(
        properties.containsKey("JMQDestinationProvider"), "another destination provider");
    Object level = properties.get("JMQProtocolLevel");
    Violation.when(
        !Integer.valueOf(PacketType.VERSION500).equals(level), "protocol level " + level);
  }
}
