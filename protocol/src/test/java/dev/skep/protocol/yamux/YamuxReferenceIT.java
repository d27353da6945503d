package dev.skep.protocol.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.yamux.YamuxSession.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our sessions against the reference implementation, github.com/hashicorp/yamux, on both sides. The
 * program is built from {@code src/test/go} by Go, which {@code bin/setup} installs.
 */
class YamuxReferenceIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static Path program;
  private static Process server;
  private static int port;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeAll
  static void build() throws Exception {
    program = folder.resolve("yamux-reference");
    Path source = Path.of("src/test/go/yamux-reference").toAbsolutePath();
    Process go =
        new ProcessBuilder("go", "build", "-o", program.toString(), ".")
            .directory(source.toFile())
            .inheritIO()
            .start();
    assertThat(go.waitFor(4, TimeUnit.MINUTES)).as("go build ends").isTrue();
    assertThat(go.exitValue()).as("go build").isZero();
    server = new ProcessBuilder(program.toString(), "server").redirectErrorStream(true).start();
    port = Integer.parseInt(firstLine(server));
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.destroyForcibly();
    }
  }

  /** Does nothing: these tests read by themselves. */
  private static class Quiet implements YamuxListener {
    @Override
    public void opened(YamuxStream stream) {}

    @Override
    public void changed(YamuxStream stream) {}
  }

  private YamuxSession dial() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    return over(socket, Side.CLIENT, new Quiet());
  }

  private static YamuxSession over(Socket socket, Side side, YamuxListener listener)
      throws IOException {
    socket.setTcpNoDelay(true);
    YamuxSession session = new YamuxSession(side, YamuxLimits.DEFAULT, listener, () -> {});
    new YamuxPump(session, socket.getInputStream(), socket.getOutputStream(), socket)
        .start(Thread::new);
    return session;
  }

  private static YamuxStream say(YamuxSession session, String line) throws Exception {
    YamuxStream stream = session.open();
    stream.write((line + "\n").getBytes(StandardCharsets.US_ASCII), SOON);
    return stream;
  }

  private static byte[] readAll(YamuxStream stream) throws Exception {
    var all = new java.io.ByteArrayOutputStream();
    byte[] some = new byte[50_000];
    for (int count = 0; count >= 0; count = stream.read(some, SOON)) {
      all.write(some, 0, count);
    }
    return all.toByteArray();
  }

  @Test
  void shouldHaveManyStreamsEchoedAtOnce() throws Exception {
    YamuxSession session = dial();
    List<CompletableFuture<Void>> echoes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] sent = new byte[3000 * (i % 10) + i];
      new Random(i).nextBytes(sent);
      echoes.add(CompletableFuture.runAsync(() -> echo(session, sent), threads));
    }
    CompletableFuture.allOf(echoes.toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
    assertThat(session.openStreams()).isZero();
    session.close("done");
  }

  private static void echo(YamuxSession session, byte[] sent) {
    try {
      YamuxStream stream = say(session, "echo");
      stream.write(sent, SOON);
      stream.finish();
      assertThat(readAll(stream)).isEqualTo(sent);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldGetMoreThanAWindowAndItsEnd() throws Exception {
    YamuxSession session = dial();
    YamuxStream stream = say(session, "source 3000000");
    assertThat(readAll(stream)).hasSize(3_000_000).containsOnly('s');
    stream.finish();
    session.close("done");
  }

  @Test
  void shouldBeHeldBackByAReaderThatDoesNotRead() throws Exception {
    YamuxSession session = dial();
    YamuxStream stalled = say(session, "stall");
    byte[] piece = new byte[1000];
    AtomicInteger sent = new AtomicInteger();
    assertThatThrownBy(
            () -> {
              while (sent.addAndGet(piece.length) < 10_000_000) {
                stalled.write(piece, Duration.ofMillis(500));
              }
            })
        .isInstanceOf(java.net.SocketTimeoutException.class);
    assertThat(sent.get())
        .isBetween(YamuxLimits.WINDOW, YamuxLimits.WINDOW + YamuxLimits.DEFAULT.maxUnsent() + 2000);
    say(session, "go").finish();
    stalled.write(piece, SOON);
    stalled.finish();
    String count = new String(readAll(stalled), StandardCharsets.US_ASCII).trim();
    assertThat(Integer.parseInt(count)).isGreaterThan(YamuxLimits.WINDOW);
    session.close("done");
  }

  @Test
  void shouldHearTheResetOfAStreamThatItsPeerGaveUp() throws Exception {
    YamuxSession session = dial();
    YamuxStream stream = say(session, "linger");
    assertThat(stream.read(new byte[1], SOON)).isEqualTo(-1);
    org.awaitility.Awaitility.await().atMost(SOON).until(stream::isDead);
    session.close("done");
  }

  @Test
  void shouldHaveAResetUnderstood() throws Exception {
    YamuxSession session = dial();
    YamuxStream stream = say(session, "source 3000000");
    stream.read(new byte[10], SOON);
    stream.reset();
    echo(session, new byte[100]);
    session.close("done");
  }

  @Test
  void shouldPingAndBePinged() throws Exception {
    YamuxSession session = dial();
    session.ping().get(30, TimeUnit.SECONDS);
    assertThat(readAll(say(session, "ping"))).asString().isEqualTo("true\n");
    session.close("done");
  }

  @Test
  void shouldOpenNothingAfterAGoAway() throws Exception {
    YamuxSession session = dial();
    YamuxStream stream = say(session, "goaway");
    assertThat(readAll(stream)).asString().isEqualTo("gone\n");
    assertThatThrownBy(session::open).isInstanceOf(YamuxException.class);
    session.close("done");
  }

  @Test
  void shouldServeTheReferenceAsItsServer() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process client =
          new ProcessBuilder(
                  program.toString(),
                  "client",
                  "127.0.0.1:" + listener.getLocalPort(),
                  "200",
                  "400000")
              .redirectErrorStream(true)
              .start();
      over(listener.accept(), Side.SERVER, new Echo());
      assertThat(firstLine(client)).isEqualTo("ok");
      assertThat(client.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** Sends back what comes, and leaves unread what does not fit yet. */
  private final class Echo implements YamuxListener {
    @Override
    public void opened(YamuxStream stream) {
      threads.execute(() -> back(stream));
    }

    @Override
    public void changed(YamuxStream stream) {}

    private void back(YamuxStream stream) {
      try {
        byte[] some = new byte[20_000];
        for (int count = 0; count >= 0; count = stream.read(some, SOON)) {
          stream.write(java.util.Arrays.copyOf(some, count), SOON);
        }
        stream.finish();
      } catch (IOException e) {
        stream.reset();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
