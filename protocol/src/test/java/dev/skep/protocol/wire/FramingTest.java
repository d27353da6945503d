package dev.skep.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.Uuid7;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramingTest {
  private final SessionId session = new SessionId(Uuid7.system().next());
  private final byte[] key = key(1);
  private final Framing framing = new Framing(session, key);

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    new Random(seed).nextBytes(key);
    return key;
  }

  @Test
  void shouldOpenWhatItSealedWhateverTheMessage() {
    Messages messages = new Messages(11);
    for (int sequence = 1; sequence < 500; sequence++) {
      Message message = messages.any();
      Envelope envelope = framing.open(message.type().direction(), framing.seal(message, sequence));
      assertThat(envelope.sequence()).isEqualTo(sequence);
      assertThat(envelope.session()).isEqualTo(session);
      assertThat(envelope.message()).usingRecursiveComparison().isEqualTo(message);
    }
  }

  @Test
  void shouldRefuseEverySingleFlippedBit() {
    byte[] frame = framing.seal(new Goodbye("bye"), 5);
    for (int bit = 0; bit < frame.length * 8; bit++) {
      byte[] forged = frame.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> framing.open(Direction.TO_CONNECTOR, forged))
          .isInstanceOf(SkepException.class);
    }
  }

  @Test
  void shouldRefuseAReflectedMessage() {
    byte[] pull = framing.seal(new Messages(1).any(), 1);
    Direction wrong =
        Framing.sessionOf(pull).equals(session) && (pull[3] & 0xFF) < 16
            ? Direction.TO_CONNECTOR
            : Direction.TO_QUEEN;
    assertThatThrownBy(() -> framing.open(wrong, pull))
        .isInstanceOfSatisfying(SkepException.class, FramingTest::forged);
  }

  @Test
  void shouldRefuseAnotherKeyAndAnotherSession() {
    byte[] frame = framing.seal(new Goodbye("bye"), 1);
    Framing otherKey = new Framing(session, key(2));
    Framing otherSession = new Framing(new SessionId(Uuid7.system().next()), key);
    assertThatThrownBy(() -> otherKey.open(Direction.TO_CONNECTOR, frame))
        .isInstanceOfSatisfying(SkepException.class, FramingTest::forged);
    assertThatThrownBy(() -> otherSession.open(Direction.TO_CONNECTOR, frame))
        .isInstanceOfSatisfying(SkepException.class, FramingTest::forged);
  }

  @Test
  void shouldRefuseEveryTruncation() {
    byte[] frame = framing.seal(new Offers(java.util.List.of(new Messages(3).offer())), 1);
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> framing.open(Direction.TO_CONNECTOR, cut))
          .isInstanceOf(SkepException.class);
    }
  }

  @Test
  void shouldNameTheSessionBeforeItsKeyIsKnown() {
    assertThat(Framing.sessionOf(framing.seal(new Goodbye("x"), 1))).isEqualTo(session);
    assertThatThrownBy(() -> new Framing(session, new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTakeOnlyRisingSequences() {
    SequenceGuard guard = new SequenceGuard();
    guard.check(1);
    guard.check(5);
    for (long replayed : new long[] {5, 4, 0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> guard.check(replayed))
          .isInstanceOf(SkepException.class)
          .hasMessageContaining("after 5");
    }
    assertThat(guard.last()).isEqualTo(5);
  }

  private static void forged(SkepException e) {
    assertThat(e.code()).isEqualTo("message-forged");
    assertThat(e.getMessage()).doesNotContain("key=");
  }
}
