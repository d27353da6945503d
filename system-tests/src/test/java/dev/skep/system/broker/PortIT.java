package dev.skep.system.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.io.ReadWritePacket;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers without any token can do to the port that faces the internet. */
class PortIT {
  private static final LabServer SERVER = LabServer.shared();
  private static final Lab LAB = new Lab(SERVER);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @BeforeAll
  static void putTheGuardBack() {
    LAB.guard(true);
  }

  @AfterEach
  void shouldStillServe() throws Exception {
    Provider provider = LAB.provider();
    try (HonestConnector connector = HonestConnector.of(SERVER, provider)) {
      LAB.send(provider.inbox(), "offer");
      assertThat(connector.receive(PATIENCE)).isEqualTo("offer");
    }
    LAB.close(provider);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldSurviveGarbageBeforeTls(long seed) throws Exception {
    for (byte[] garbage : garbage(seed)) {
      try (Socket socket = new Socket("127.0.0.1", SERVER.brokerPort())) {
        writeUntilRefused(socket, garbage);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldSurviveGarbageInsideTls(long seed) throws Exception {
    for (byte[] garbage : garbage(seed)) {
      try (SSLSocket socket = Tls.connect(SERVER)) {
        writeUntilRefused(socket, garbage);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 27, 74, 79, 80, 32_767})
  void shouldRefuseEveryPacketWhenNobodySignedIn(int type) throws Exception {
    try (RawClient stranger = new RawClient(SERVER)) {
      stranger.ask(Packets.hello(Map.of()));
      stranger.send(Packets.of(type, Map.of("JMQDestination", Lab.PULL, "JMQDestType", 1)));
      assertThat(stranger.isGoneWithin(PATIENCE)).isTrue();
    }
  }

  @Test
  void shouldNotReadANestedObjectWhenThePacketIsOfTheFirstVersion() throws Exception {
    // The broker converts such a packet before any code of ours sees it: only the filter of the JVM
    // stands here.
    try (RawClient stranger = new RawClient(SERVER)) {
      ReadWritePacket packet =
          Packets.of(PacketType.DELETE_CONSUMER, Map.of("JMQConsumerID", bomb()));
      packet.setVersion(Packet.VERSION1);
      stranger.send(packet);
      stranger.send(Packets.hello(Map.of()));
      assertThat(stranger.isGoneWithin(PATIENCE)).isTrue();
    }
  }

  @Test
  void shouldAnswerNothingWhenAPacketIsHuge() throws Exception {
    try (RawClient stranger = new RawClient(SERVER)) {
      ReadWritePacket packet = Packets.hello(Map.of());
      packet.setMessageBody(new byte[8 * 1024 * 1024]);
      assertThat(isAnswered(stranger, packet)).isFalse();
    }
  }

  @Test
  void shouldWriteLittleToTheLogWhenSignInsFailByTheHundred() throws Exception {
    long before = SERVER.brokerLogSize();
    for (int i = 0; i < 200; i++) {
      try (RawClient stranger = new RawClient(SERVER)) {
        stranger.ask(Packets.hello(Map.of()));
        stranger.ask(Packets.authenticate("0x" + "00".repeat(20), "guess" + i));
      }
    }

    assertThat(SERVER.brokerLogSize() - before).isLessThan(60_000);
  }

  private static boolean isAnswered(RawClient client, ReadWritePacket packet) {
    try {
      return client.status(packet) == Attack.OK;
    } catch (IOException e) {
      return false; // Closed, or skipped without a word.
    }
  }

  /**
   * A set of sets of sets: a few bytes that take for ever to read, for want of a limit on depth.
   */
  private static HashSet<Object> bomb() {
    HashSet<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    for (int depth = 0; depth < 60; depth++) {
      Set<Object> nextLeft = new HashSet<>(Set.of("x"));
      Set<Object> nextRight = new HashSet<>();
      left.add(nextLeft);
      left.add(nextRight);
      right.add(nextLeft);
      right.add(nextRight);
      left = nextLeft;
      right = nextRight;
    }
    return root;
  }

  private static byte[][] garbage(long seed) {
    Random random = new Random(seed);
    byte[][] all = new byte[12][];
    for (int i = 0; i < all.length; i++) {
      all[i] = new byte[1 + random.nextInt(4_096)];
      random.nextBytes(all[i]);
      if (i % 2 == 0) {
        looksLikeAPacket(all[i]);
      }
    }
    return all;
  }

  /** Begins as a packet does, so that the broker reads on: magic number, version. */
  private static void looksLikeAPacket(byte[] bytes) {
    byte[] begin = {0x1b, (byte) 0xff, (byte) 0xe3, (byte) 0xc2, 0x01, 0x2d};
    System.arraycopy(begin, 0, bytes, 0, Math.min(begin.length, bytes.length));
  }

  private static void writeUntilRefused(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException refused) {
      // Closed while we were still writing: as good a refusal as any.
    }
  }
}
