package dev.skep.provider.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenUrl;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpBulkQueenTest {
  private static final PoolId POOL = PoolId.parse("019b76da-a800-7602-91b3-ca5d5a171600");
  private static final List<BulkQueen.Order> ORDERS =
      List.of(new BulkQueen.Order("r:1", bytes("1")), new BulkQueen.Order("r:2", bytes("2")));

  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void shouldHearAnswersBetweenBlankLines() {
    answer(false);
    queen(Duration.ofSeconds(20)).send(ORDERS.subList(0, 1), this::hear);
    assertThat(heard).containsExactly("r:1");
  }

  @Test
  void shouldGiveUpAnAnswerThatFallsSilentSoThatItsLinesAreSentAgain() {
    answer(true);
    try {
      queen(Duration.ofMillis(300)).send(ORDERS, this::hear);
    } catch (SkepException e) {
      assertThat(e.isRetryable()).isTrue();
    }
    assertThat(heard).containsExactly("r:1");
  }

  private HttpBulkQueen queen(Duration silence) {
    String url = "http://localhost:" + server.getAddress().getPort();
    QueenApi api = QueenApi.of(QueenUrl.parse(url), null);
    return new HttpBulkQueen(api, () -> api, POOL, silence);
  }

  private void hear(LineAnswer answer) {
    heard.add(String.valueOf(answer.key()));
  }

  /** One answer, and then its end or nothing at all. */
  private void answer(boolean silent) {
    server.createContext(
        "/pools/" + POOL + "/bulk",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write(bytes("\n{\"key\":\"r:1\",\"job\":\"j\",\"output\":1,\"cost\":\"10\"}\n\n"));
          body.flush();
          awaitEnd(silent);
          end(exchange);
        });
  }

  private void awaitEnd(boolean silent) throws IOException {
    try {
      if (silent) {
        over.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void end(HttpExchange exchange) {
    exchange.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
