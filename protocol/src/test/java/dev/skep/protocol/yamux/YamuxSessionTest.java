package dev.skep.protocol.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamuxSessionTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration NOW = Duration.ofMillis(1);

  private final SessionPair pair = new SessionPair(YamuxLimits.DEFAULT);

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static byte[] poll(YamuxStream stream, int count) throws IOException {
    byte[] all = new byte[count];
    byte[] some = new byte[count];
    int got = stream.poll(some);
    System.arraycopy(some, 0, all, 0, got);
    return java.util.Arrays.copyOf(all, got);
  }

  @Test
  void shouldCarryBytesBothWaysAndEndEachWayAlone() throws Exception {
    YamuxStream mine = pair.client.session.open();
    mine.write("hello".getBytes(), NOW);
    mine.finish();
    pair.settle();
    YamuxStream theirs = pair.server.accepted.remove();
    assertThat(poll(theirs, 100)).asString().isEqualTo("hello");
    assertThat(theirs.poll(new byte[1])).isEqualTo(-1);
    theirs.write("answer".getBytes(), NOW);
    theirs.finish();
    pair.settle();
    assertThat(poll(mine, 100)).asString().isEqualTo("answer");
    assertThat(mine.poll(new byte[1])).isEqualTo(-1);
    assertThat(pair.client.session.openStreams()).isZero();
    assertThat(pair.server.session.openStreams()).isZero();
  }

  @Test
  void shouldGiveWhatIsThereInOnePieceAndThenTheEnd() throws Exception {
    YamuxStream mine = pair.client.session.open();
    mine.write(bytes(1000), NOW);
    pair.settle();
    YamuxStream theirs = pair.server.accepted.remove();
    assertThat(theirs.take(600)).isEqualTo(Arrays.copyOf(bytes(1000), 600));
    assertThat(theirs.take(600)).isEqualTo(Arrays.copyOfRange(bytes(1000), 600, 1000));
    assertThat(theirs.take(600)).isEmpty();
    mine.finish();
    pair.settle();
    assertThat(theirs.take(600)).isNull();
    theirs.reset();
    assertThatThrownBy(() -> theirs.take(600)).isInstanceOf(YamuxException.class);
  }

  @Test
  void shouldStopAtTheWindowAndGoOnWhenTheReaderReads() throws Exception {
    YamuxStream mine = pair.client.session.open();
    byte[] piece = bytes(32 * 1024);
    int sent = 0;
    while (mine.offer(piece)) {
      sent += piece.length;
      pair.settle();
    }
    assertThat(sent).isEqualTo(YamuxLimits.WINDOW + YamuxLimits.DEFAULT.maxUnsent());
    assertThatThrownBy(() -> mine.write(piece, NOW)).isInstanceOf(SocketTimeoutException.class);
    YamuxStream theirs = pair.server.accepted.remove();
    assertThat(theirs.poll(new byte[YamuxLimits.WINDOW])).isEqualTo(YamuxLimits.WINDOW);
    pair.settle();
    assertThat(mine.offer(piece)).isTrue();
  }

  @Test
  void shouldNotLetASlowReaderStopAnotherStream() throws Exception {
    YamuxStream slow = pair.client.session.open();
    while (slow.offer(bytes(32 * 1024))) {
      pair.settle();
    }
    YamuxStream quick = pair.client.session.open();
    quick.write("through".getBytes(), NOW);
    pair.settle();
    pair.server.accepted.remove();
    assertThat(poll(pair.server.accepted.remove(), 100)).asString().isEqualTo("through");
  }

  @Test
  void shouldLetStreamsTakeTurns() throws Exception {
    YamuxStream big = pair.client.session.open();
    big.write(bytes(60_000), NOW);
    YamuxStream small = pair.client.session.open();
    small.write(new byte[] {1}, NOW);
    java.nio.ByteBuffer first = java.nio.ByteBuffer.allocate(40_000);
    pair.client.session.drain(first);
    pair.server.session.receive(first.flip());
    assertThat(pair.server.accepted).hasSize(2);
  }

  @Test
  void shouldTellBothEndsOfAReset() throws Exception {
    YamuxStream mine = pair.client.session.open();
    mine.write(bytes(10), NOW);
    pair.settle();
    YamuxStream theirs = pair.server.accepted.remove();
    theirs.reset();
    pair.settle();
    assertThatThrownBy(() -> mine.write(bytes(10), NOW)).isInstanceOf(YamuxException.class);
    assertThatThrownBy(() -> theirs.poll(new byte[1])).isInstanceOf(YamuxException.class);
    assertThat(pair.client.changed).contains(mine);
    assertThat(pair.client.session.openStreams() + pair.server.session.openStreams()).isZero();
  }

  @Test
  void shouldCarryTwoThousandStreams() throws Exception {
    List<YamuxStream> mine = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      YamuxStream stream = pair.client.session.open();
      stream.write(bytes(100 + i), NOW);
      stream.finish();
      mine.add(stream);
    }
    pair.settle();
    assertThat(pair.server.accepted).hasSize(2000);
    int i = 0;
    for (YamuxStream stream : pair.server.accepted) {
      assertThat(poll(stream, 10_000)).isEqualTo(bytes(100 + i++));
      stream.finish();
    }
    pair.settle();
    assertThat(pair.client.session.openStreams()).isZero();
  }

  @Test
  void shouldAnswerPings() throws Exception {
    var pong = pair.client.session.ping();
    pair.settle();
    assertThat(pong).isCompleted();
  }

  @Test
  void shouldOpenNothingOnceThePeerLeavesAndLetTheRestEnd() throws Exception {
    YamuxStream mine = pair.client.session.open();
    pair.settle();
    pair.server.session.goAway();
    pair.settle();
    assertThatThrownBy(pair.client.session::open).isInstanceOf(YamuxException.class);
    mine.write(bytes(5), NOW);
    pair.settle();
    assertThat(poll(pair.server.accepted.remove(), 10)).hasSize(5);
  }

  @Test
  void shouldEndEveryStreamWithTheSession() throws Exception {
    YamuxStream mine = pair.client.session.open();
    pair.settle();
    pair.client.session.close("the wire is cut");
    assertThatThrownBy(() -> mine.read(new byte[1], SOON)).hasMessageContaining("the wire is cut");
    assertThat(pair.client.changed).contains(mine);
    assertThatThrownBy(pair.client.session::open).isInstanceOf(YamuxException.class);
  }
}
