package dev.skep.broker.guard;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketType;
import java.nio.ByteBuffer;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("JdkObsolete") // The broker's packets carry raw hash tables.
class PacketRulesTest {
  private static final String INBOX = "inbox.00000000000000000000000000000000";
  private static final String RESULTS = "skep.results.node1";
  private static final long MINE = 1;
  private static final long ANOTHERS = 2;

  private final PacketRules rules =
      new PacketRules(new Rights(INBOX, Set.of("skep.pull", RESULTS)), new FakeHoldings());

  static IntStream otherTypes() {
    Set<Integer> known =
        Set.of(
            PacketType.BYTES_MESSAGE,
            PacketType.ACKNOWLEDGE,
            PacketType.REDELIVER,
            PacketType.ADD_PRODUCER,
            PacketType.ADD_CONSUMER,
            PacketType.CREATE_DESTINATION,
            PacketType.VERIFY_DESTINATION,
            PacketType.CREATE_SESSION,
            PacketType.DELETE_PRODUCER,
            PacketType.DELETE_CONSUMER,
            PacketType.DESTROY_SESSION,
            PacketType.START,
            PacketType.STOP,
            PacketType.RESUME_FLOW,
            PacketType.PING_REPLY);
    return IntStream.range(-1, 200).filter(type -> !known.contains(type));
  }

  @ParameterizedTest
  @MethodSource("otherTypes")
  void shouldRefuseEveryTypeThatNoConnectorSends(int type) {
    assertRefused(packet(type, Map.of()), "packet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"skep.pull", RESULTS})
  void shouldPassAMessageToAnOwnQueue(String queue) {
    assertPasses(message(queue));
  }

  @ParameterizedTest
  @ValueSource(strings = {INBOX, "inbox.other", "skep.results.node2", "mq.sys.dmq", "*", "skep.*"})
  void shouldRefuseAMessageToAnyOtherQueue(String queue) {
    assertRefused(message(queue), "a message to " + queue);
  }

  @Test
  void shouldRefuseAMessageThatIsNotPlain() {
    Packet persistent = message(RESULTS);
    persistent.setPersistent(true);
    Packet topic = message(RESULTS);
    topic.setIsQueue(false);
    Packet answered = message(RESULTS);
    answered.setReplyTo(INBOX);
    Packet transacted = message(RESULTS);
    transacted.setTransactionID(7);
    Packet another = message(RESULTS);
    another.setProducerID(ANOTHERS);

    assertRefused(persistent, "persistent");
    assertRefused(topic, "no queue");
    assertRefused(answered, "reply");
    assertRefused(transacted, "transaction");
    assertRefused(another, "another's producer");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x11, 0x12, 2, 0x21, 0x41, 0x81, 0x1001, 0x2001, 3})
  void shouldRefuseEveryBitButThatOfAQueue(int bits) {
    assertRefused(about(PacketType.ADD_CONSUMER, INBOX, bits), "destination type");
  }

  @Test
  void shouldLetOnlyTheOwnInboxBeConsumed() {
    assertPasses(about(PacketType.ADD_CONSUMER, INBOX, 1));
    assertRefused(about(PacketType.ADD_CONSUMER, RESULTS, 1), "a consumer on");
    assertRefused(about(PacketType.ADD_PRODUCER, INBOX, 1), "a producer on");
  }

  @ParameterizedTest
  @ValueSource(ints = {PacketType.ACKNOWLEDGE, PacketType.REDELIVER})
  void shouldRefuseToTouchTheMessagesOfAnothersConsumer(int type) {
    assertPasses(naming(type, MINE));
    assertRefused(naming(type, MINE, ANOTHERS), "another's consumer");
  }

  @Test
  void shouldRefuseATornListOfMessages() {
    Packet torn = naming(PacketType.ACKNOWLEDGE, MINE);
    torn.setMessageBody(new byte[39]);

    assertRefused(torn, "torn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JMQProducerID", "JMQConsumerID", "JMQSessionID"})
  void shouldRefuseToEndWhatIsAnothers(String name) {
    assertPasses(packet(PacketType.DELETE_CONSUMER, Map.of(name, MINE)));
    assertRefused(packet(PacketType.DELETE_CONSUMER, Map.of(name, ANOTHERS)), "another's");
  }

  private void assertPasses(Packet packet) {
    assertThatCode(() -> rules.check(packet)).doesNotThrowAnyException();
  }

  private void assertRefused(Packet packet, String rule) {
    assertThatThrownBy(() -> rules.check(packet))
        .isInstanceOf(Violation.class)
        .hasMessageContaining(rule);
  }

  private static Packet message(String queue) {
    Packet packet = packet(PacketType.BYTES_MESSAGE, Map.of());
    packet.setIsQueue(true);
    packet.setDestination(queue);
    return packet;
  }

  private static Packet about(int type, String queue, int bits) {
    return packet(type, Map.of("JMQDestination", queue, "JMQDestType", bits));
  }

  private static Packet naming(int type, long... consumers) {
    ByteBuffer body = ByteBuffer.allocate(40 * consumers.length);
    for (int i = 0; i < consumers.length; i++) {
      body.putLong(40 * i, consumers[i]);
    }
    Packet packet = packet(type, Map.of());
    packet.setMessageBody(body.array());
    return packet;
  }

  private static Packet packet(int type, Map<String, ?> properties) {
    Packet packet = new Packet();
    packet.setPacketType(type);
    packet.setProperties(new Hashtable<>(properties));
    return packet;
  }

  /** Whatever has the number {@link #ANOTHERS} belongs to another. */
  private static final class FakeHoldings implements Holdings {
    @Override
    public boolean foreignSession(long id) {
      return id == ANOTHERS;
    }

    @Override
    public boolean foreignProducer(long id) {
      return id == ANOTHERS;
    }

    @Override
    public boolean foreignConsumer(long id) {
      return id == ANOTHERS;
    }

    @Override
    public int sessions() {
      return 0;
    }

    @Override
    public int producers() {
      return 0;
    }

    @Override
    public int consumers() {
      return 0;
    }
  }
}
