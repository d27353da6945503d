package dev.skep.provider.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerChannelTest {

  private static final int MAX = 1000;

  private SocketChannel worker;
  private WorkerChannel channel;

  @BeforeEach
  void connect() throws IOException {
    Path path = Files.createTempDirectory("skept").resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path));
      worker = SocketChannel.open(UnixDomainSocketAddress.of(path));
      channel = new WorkerChannel(listener.accept(), MAX);
    }
  }

  @AfterEach
  void close() throws IOException {
    worker.close();
    channel.close();
  }

  private void frame(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    length(bytes.length);
    worker.write(ByteBuffer.wrap(bytes));
  }

  private void length(int length) throws IOException {
    worker.write(ByteBuffer.allocate(4).putInt(length).flip());
  }

  @Test
  void shouldReadAHeaderAndItsPayload() throws IOException {
    frame("{\"type\":\"result\",\"id\":\"j\",\"payload\":true}");
    frame("[1]");
    WorkerMessage message = channel.receive();
    assertThat(message.type()).isEqualTo("result");
    assertThat(message.payload()).asString().isEqualTo("[1]");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, WorkerChannel.MAX_HEADER + 1})
  void shouldRefuseAHugeHeaderBeforeAllocatingIt(int announced) throws IOException {
    length(announced);
    assertThatThrownBy(() -> channel.receive())
        .isInstanceOfSatisfying(
            FrameTooLargeException.class, e -> assertThat(e.payload()).isFalse());
  }

  @Test
  void shouldRefuseAnAnswerOverTheLimit() throws IOException {
    frame("{\"payload\":true}");
    length(MAX + 1);
    assertThatThrownBy(() -> channel.receive())
        .isInstanceOfSatisfying(
            FrameTooLargeException.class, e -> assertThat(e.payload()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "1", "\"x\""})
  void shouldRefuseAHeaderThatIsNoObject(String header) throws IOException {
    frame(header);
    assertThatThrownBy(() -> channel.receive()).isInstanceOf(WorkerProtocolException.class);
  }

  @Test
  void shouldReadWrongKindsAsAbsent() throws IOException {
    frame("{\"type\":7,\"id\":{},\"error\":\"x\",\"payload\":1}");
    WorkerMessage message = channel.receive();
    assertThat(message.type()).isEmpty();
    assertThat(message.id()).isEmpty();
    assertThat(message.error()).isEmpty();
  }

  @Test
  void shouldSeeATornFrameAsTheWorkersEnd() throws IOException {
    length(10);
    worker.write(ByteBuffer.wrap(new byte[3]));
    worker.close();
    assertThatThrownBy(() -> channel.receive()).isInstanceOf(EOFException.class);
  }

  @Test
  void shouldEndABlockedReadWhenClosed() throws IOException {
    var reading = CompletableFuture.supplyAsync(() -> failure());
    channel.close();
    assertThat(reading.join()).isInstanceOfAny(AsynchronousCloseException.class, IOException.class);
  }

  private IOException failure() {
    try {
      channel.receive();
      throw new AssertionError("nobody sent anything");
    } catch (IOException e) {
      return e;
    }
  }
}
