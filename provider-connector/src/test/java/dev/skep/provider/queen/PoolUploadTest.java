package dev.skep.provider.queen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skep.protocol.SkepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolUploadTest {
  private static final String NAME = "ab".repeat(32);
  private static final String PATH = "/api/pools/p/files";
  private static final int PIECE = 1 << 20;

  @TempDir Path folder;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final Random random = new Random(11);
  private HttpServer server;
  private byte[] content;
  private Path file;
  private boolean refuses;
  private volatile boolean hangsUp;

  @BeforeEach
  void setUp() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(PATH, this::serve);
    server.start();
    content = new byte[2 * PoolUpload.PART + 12_345];
    random.nextBytes(content);
    file = Files.write(folder.resolve("content"), content);
  }

  @AfterEach
  void tearDown() {
    server.stop(0);
  }

  /** Keeps whole pieces, as the queen does, and hangs up in the middle when it is to. */
  private synchronized void serve(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      boolean whole = kept.size() == content.length;
      answer(
          exchange,
          200,
          "[{\"sha256\":\"%s\",\"have\":%d,\"whole\":%b}]".formatted(NAME, kept.size(), whole));
    } else if (hangsUp) {
      exchange.close();
    } else if (refuses) {
      exchange.getRequestBody().readAllBytes();
      answer(exchange, 422, "{\"code\":\"file-mismatch\",\"fault\":\"CALLER\",\"status\":422}");
    } else if (cuts.getAndDecrement() > 0) {
      keep(exchange, exchange.getRequestBody().readNBytes(random.nextInt(PoolUpload.PART)));
      exchange.close();
    } else {
      keep(exchange, exchange.getRequestBody().readAllBytes());
      answer(exchange, 204, "");
    }
  }

  private void keep(HttpExchange exchange, byte[] part) {
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    int from = Integer.parseInt(range.replaceFirst("bytes ([0-9]+)-.*", "$1"));
    assertThat(from).as("no gap").isLessThanOrEqualTo(kept.size());
    assertThat(range).endsWith("/" + content.length);
    int end = from + part.length;
    int whole = end == content.length ? end : end - end % PIECE;
    if (whole > kept.size()) {
      kept.write(part, kept.size() - from, whole - kept.size());
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void put() {
    QueenApi queen =
        QueenApi.of(QueenUrl.parse("http://127.0.0.1:" + server.getAddress().getPort()), null);
    new PoolUpload(() -> queen, PATH, sent::addAndGet).putAll(Map.of(NAME, file));
  }

  @Test
  void shouldBringAFileInPartsAndNothingTwice() {
    put();
    assertThat(kept.toByteArray()).isEqualTo(content);
    assertThat(sent).hasValue(content.length);

    put();
    assertThat(sent).as("the queen has it").hasValue(content.length);
  }

  @Test
  void shouldGoOnWhereAConnectionBroke() {
    cuts.set(4);
    put();

    assertThat(kept.toByteArray()).isEqualTo(content);
  }

  @Test
  void shouldGiveUpAfterAWhileAndGoOnAnotherTime() {
    hangsUp = true;
    SkepException gaveUp = catchThrowableOfType(SkepException.class, this::put);
    assertThat(gaveUp.isRetryable()).isTrue();

    hangsUp = false;
    put();
    assertThat(kept.toByteArray()).isEqualTo(content);
  }

  @Test
  void shouldNotRepeatWhatTheQueenRefuses() {
    refuses = true;

    assertThat(catchThrowableOfType(SkepException.class, this::put).code())
        .isEqualTo("file-mismatch");
  }
}
