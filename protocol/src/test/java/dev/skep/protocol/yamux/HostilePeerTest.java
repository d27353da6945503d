package dev.skep.protocol.yamux;

import static dev.skep.protocol.yamux.FrameHeader.ACK;
import static dev.skep.protocol.yamux.FrameHeader.DATA;
import static dev.skep.protocol.yamux.FrameHeader.FIN;
import static dev.skep.protocol.yamux.FrameHeader.GO_AWAY;
import static dev.skep.protocol.yamux.FrameHeader.PING;
import static dev.skep.protocol.yamux.FrameHeader.RST;
import static dev.skep.protocol.yamux.FrameHeader.SYN;
import static dev.skep.protocol.yamux.FrameHeader.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.yamux.SessionPair.End;
import dev.skep.protocol.yamux.YamuxSession.Side;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A peer that has signed in may still send any bytes it likes. */
class HostilePeerTest {
  private static final YamuxLimits LIMITS = new YamuxLimits(10, 4, 1 << 20, 64 * 1024, 5, 1000);

  private final End end = new End(Side.SERVER, LIMITS);

  private void send(FrameHeader header, byte... payload) throws YamuxException {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES + payload.length);
    header.put(bytes);
    end.session.receive(bytes.put(payload).flip());
  }

  private void open(int id) throws YamuxException {
    send(new FrameHeader(WINDOW_UPDATE, SYN, id, 0));
  }

  private void refused(FrameHeader header, byte... payload) {
    assertThatThrownBy(() -> send(header, payload))
        .isInstanceOfSatisfying(YamuxException.class, e -> assertThat(e.isViolation()).isTrue());
    ByteBuffer farewell = ByteBuffer.allocate(1000);
    end.session.drain(farewell);
    assertThat(farewell.flip().get(1)).as("go away").isEqualTo((byte) GO_AWAY);
    assertThat(farewell.getInt(8)).as("protocol error").isEqualTo(1);
    assertThat(end.session.over()).isNotNull();
  }

  @Test
  void shouldRefuseAnotherVersion() {
    assertThatThrownBy(
            () ->
                end.session.receive(
                    ByteBuffer.wrap(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})))
        .isInstanceOf(YamuxException.class);
  }

  @Test
  void shouldRefuseUnknownTypesAndFlags() {
    refused(new FrameHeader(4, 0, 1, 0));
  }

  @Test
  void shouldRefuseUnknownFlags() {
    refused(new FrameHeader(DATA, 16, 1, 0));
  }

  @Test
  void shouldRefuseAPingOnAStream() {
    refused(new FrameHeader(PING, SYN, 1, 0));
  }

  @Test
  void shouldRefuseDataForTheSession() {
    refused(new FrameHeader(DATA, 0, 0, 0));
  }

  @Test
  void shouldRefuseAStreamThatWasNeverOpened() {
    refused(new FrameHeader(DATA, 0, 7, 1), (byte) 1);
  }

  @Test
  void shouldRefuseAFrameForAStreamThatWeNeverOpened() {
    refused(new FrameHeader(WINDOW_UPDATE, ACK, 2, 0));
  }

  @Test
  void shouldRefuseAStreamWithOneOfOurNumbers() {
    refused(new FrameHeader(WINDOW_UPDATE, SYN, 2, 0));
  }

  @Test
  void shouldRefuseAStreamThatIsOpenedTwice() throws YamuxException {
    open(1);
    refused(new FrameHeader(WINDOW_UPDATE, SYN, 1, 0));
  }

  @Test
  void shouldRefuseDataBeyondTheWindowBeforeItCame() throws YamuxException {
    open(1);
    refused(new FrameHeader(DATA, 0, 1, YamuxLimits.WINDOW + 1));
  }

  @Test
  void shouldRefuseALengthThatIsNegativeAsSigned() throws YamuxException {
    open(1);
    refused(new FrameHeader(DATA, 0, 1, -1));
  }

  @Test
  void shouldRefuseSmallFramesThatTogetherPassTheWindow() throws YamuxException {
    open(1);
    byte[] half = new byte[YamuxLimits.WINDOW / 2];
    send(new FrameHeader(DATA, 0, 1, half.length), half);
    send(new FrameHeader(DATA, 0, 1, half.length), half);
    refused(new FrameHeader(DATA, 0, 1, 1), (byte) 1);
  }

  @Test
  void shouldRefuseDataAfterTheEnd() throws YamuxException {
    open(1);
    send(new FrameHeader(DATA, FIN, 1, 0));
    refused(new FrameHeader(DATA, 0, 1, 1), (byte) 1);
  }

  @Test
  void shouldRefuseCreditWithoutMeasure() throws YamuxException {
    open(1);
    refused(new FrameHeader(WINDOW_UPDATE, 0, 1, -1));
  }

  @Test
  void shouldResetStreamsBeyondTheMost() throws YamuxException {
    for (int i = 0; i < 12; i++) {
      open(2 * i + 1);
    }
    assertThat(end.accepted).hasSize(10);
    ByteBuffer out = ByteBuffer.allocate(1000);
    end.session.drain(out);
    assertThat(out.flip().getShort(2)).as("the refusals go first").isEqualTo((short) RST);
    assertThat(end.session.over()).isNull();
  }

  @Test
  void shouldResetTheStreamThatPassesTheSessionsMemory() throws YamuxException {
    byte[] full = new byte[YamuxLimits.WINDOW];
    for (int id = 1; id <= 9; id += 2) {
      open(id);
      send(new FrameHeader(DATA, 0, id, full.length), full);
    }
    assertThat(end.session.openStreams()).isEqualTo(4);
    assertThat(end.session.over()).isNull();
  }

  @Test
  void shouldEndAPingFlood() throws YamuxException {
    for (int i = 0; i < 5; i++) {
      send(new FrameHeader(PING, SYN, 0, i));
    }
    refused(new FrameHeader(PING, SYN, 0, 6));
  }

  @Test
  void shouldEndAFloodOfStreamsThatAreResetAtOnce() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1001; i++) {
                send(new FrameHeader(WINDOW_UPDATE, SYN | RST, 2 * i + 1, 0));
              }
            })
        .hasMessageContaining("new streams");
  }

  @Test
  void shouldEndAPeerThatOpensWithoutReadingItsRefusals() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 500; i++) {
                open(2 * i + 1);
              }
            })
        .hasMessageContaining("without reading");
  }

  @Test
  void shouldIgnoreWhatComesForAStreamThatIsOver() throws YamuxException {
    open(1);
    end.accepted.remove().reset();
    send(new FrameHeader(DATA, 0, 1, 3), (byte) 1, (byte) 2, (byte) 3);
    send(new FrameHeader(WINDOW_UPDATE, 0, 1, 5));
    open(3);
    assertThat(end.accepted).hasSize(1);
  }

  @Test
  void shouldTakeItsBytesInAnyPieces() throws YamuxException {
    ByteBuffer all = ByteBuffer.allocate(100);
    new FrameHeader(DATA, SYN, 1, 5).put(all);
    all.put("hello".getBytes()).flip();
    while (all.hasRemaining()) {
      end.session.receive(ByteBuffer.wrap(new byte[] {all.get()}));
    }
    byte[] got = new byte[5];
    assertThat(end.accepted.remove().poll(got)).isEqualTo(5);
    assertThat(got).asString().isEqualTo("hello");
  }

  /** Nothing but a violation may come out of any bytes, and no memory beyond the limits. */
  @Test
  void shouldSurviveRandomFrames() {
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      End victim = new End(Side.SERVER, LIMITS);
      try {
        for (int i = 0; i < 200; i++) {
          victim.session.receive(frame(random));
          ByteBuffer out = ByteBuffer.allocate(random.nextInt(5000));
          victim.session.drain(out);
        }
      } catch (YamuxException e) {
        assertThat(e.isViolation()).as("seed %d", seed).isTrue();
        assertThat(victim.session.openStreams()).as("seed %d", seed).isZero();
      }
      assertThat(victim.session.openStreams()).as("seed %d", seed).isLessThanOrEqualTo(10);
    }
  }

  /** Mostly valid, so that it gets beyond the first check. */
  private static ByteBuffer frame(Random random) {
    if (random.nextInt(50) == 0) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      return ByteBuffer.wrap(noise);
    }
    int type = random.nextInt(10) == 0 ? random.nextInt(5) : random.nextInt(2);
    int flags = random.nextInt(4) == 0 ? random.nextInt(16) : random.nextInt(2) * SYN;
    int id = type < 2 ? 2 * random.nextInt(12) + 1 : 0;
    int length = random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(300);
    int payload = type == DATA ? Math.max(0, Math.min(length, 300)) : 0;
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES + payload);
    new FrameHeader(type, flags, id, length).put(bytes);
    return bytes.clear();
  }
}
