package dev.skep.queen.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostTest {
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private ScheduledExecutorService clockwork;
  private ServerSocket receiver;

  @BeforeEach
  void open() throws IOException {
    clockwork = Executors.newSingleThreadScheduledExecutor();
    receiver = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    clockwork.shutdownNow();
    receiver.close();
  }

  @Test
  void shouldSendOneRequestAndReadOneStatus() throws Exception {
    answer("HTTP/1.1 204 No Content\r\n\r\n");

    assertThat(post("http", "/hook?a=b", Duration.ofSeconds(10))).isEqualTo(204);
    assertThat(requests.poll(10, TimeUnit.SECONDS))
        .startsWith("POST /hook?a=b HTTP/1.1\r\nHost: localhost:" + receiver.getLocalPort())
        .contains("\r\nSkep-Event-Id: e1\r\n", "\r\nContent-Length: 2\r\n")
        .endsWith("\r\n\r\n{}");
  }

  @Test
  void shouldTakeARedirectForAnAnswer() throws Exception {
    answer("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n");

    assertThat(post("http", "/", Duration.ofSeconds(10))).isEqualTo(302);
  }

  @Test
  void shouldNotReadOnAndOn() throws Exception {
    answer("x".repeat(100_000));

    assertThatThrownBy(() -> post("http", "/", Duration.ofSeconds(10)))
        .hasMessageContaining("not HTTP");
  }

  @Test
  void shouldGiveUpAReceiverThatNeverAnswers() throws Exception {
    long begin = System.nanoTime();

    assertThatThrownBy(() -> post("http", "/", Duration.ofMillis(300)))
        .isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void shouldNotSpeakToACertificateItDoesNotTrust() throws Exception {
    answer("HTTP/1.1 200 OK\r\n\r\n");

    assertThatThrownBy(() -> post("https", "/", Duration.ofSeconds(10)))
        .isInstanceOf(IOException.class);
  }

  private int post(String scheme, String path, Duration limit) throws IOException {
    URI url = URI.create(scheme + "://localhost:" + receiver.getLocalPort() + path);
    return new Post((SSLSocketFactory) SSLSocketFactory.getDefault(), clockwork, limit)
        .send(
            url,
            InetAddress.getLoopbackAddress(),
            Map.of("Skep-Event-Id", "e1"),
            "{}".getBytes(StandardCharsets.UTF_8));
  }

  private void answer(String text) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket one = receiver.accept()) {
                requests.add(read(one.getInputStream()));
                one.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                one.getOutputStream().flush();
              } catch (IOException e) {
                requests.add(e.toString());
              }
            },
            "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  /** Until the two bytes of the body, or until something that is no HTTP at all came. */
  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    int next = in.read();
    while (next != -1) {
      text.append((char) next);
      boolean ended = text.toString().endsWith("\r\n\r\n{}");
      next = ended || text.charAt(0) != 'P' ? -1 : in.read();
    }
    return text.toString();
  }
}
