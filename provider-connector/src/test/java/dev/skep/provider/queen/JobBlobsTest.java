package dev.skep.provider.queen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wire.Blob;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobBlobsTest {
  private static final Uuid7 IDS = Uuid7.system();

  private final byte[] content = new byte[JobBlobs.PART + 54_321];
  private final byte[] brought = new byte[content.length];
  private final AttemptRef attempt = new AttemptRef(new JobId(IDS.next()), 3);
  private final SessionId session = new SessionId(IDS.next());
  private final AtomicInteger cuts = new AtomicInteger();
  private final Random random = new Random(4);
  private HttpServer server;
  private JobBlobs blobs;
  private Blob named;
  private int refusal;

  @BeforeEach
  void setUp() throws Exception {
    random.nextBytes(content);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    named = new Blob(HexFormat.of().formatHex(digest), content.length);
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    String path = "/api/connector/sessions/" + session + "/attempts/" + attempt.job() + "/3";
    server.createContext(path + "/input", this::give);
    server.createContext(path + "/output/" + named.sha256(), this::take);
    server.start();
    QueenApi queen =
        QueenApi.of(QueenUrl.parse("http://127.0.0.1:" + server.getAddress().getPort()), null);
    blobs = new JobBlobs(() -> queen);
    blobs.session(session, true);
  }

  @AfterEach
  void tearDown() {
    server.stop(0);
  }

  private synchronized void give(HttpExchange exchange) throws IOException {
    if (refuses(exchange)) {
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    int to = content.length;
    if (cuts.getAndDecrement() > 0) {
      to = from + random.nextInt((to - from) / 2 + 1);
    }
    exchange.sendResponseHeaders(206, content.length - from);
    exchange.getResponseBody().write(content, from, to - from);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    if (refuses(exchange)) {
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    int from = Integer.parseInt(range.replaceFirst("bytes ([0-9]+)-.*", "$1"));
    if (cuts.getAndDecrement() > 0) {
      exchange.getRequestBody().readNBytes(random.nextInt(JobBlobs.PART));
      exchange.close();
      return;
    }
    byte[] part = exchange.getRequestBody().readAllBytes();
    System.arraycopy(part, 0, brought, from, part.length);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private boolean refuses(HttpExchange exchange) throws IOException {
    if (refusal == 0) {
      return false;
    }
    exchange.getRequestBody().readAllBytes();
    byte[] problem =
        "{\"code\":\"lease-not-held\",\"fault\":\"PROVIDER\",\"status\":403}"
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(refusal, problem.length);
    exchange.getResponseBody().write(problem);
    exchange.close();
    return true;
  }

  @Test
  void shouldFetchEveryByteHoweverOftenItBreaks() {
    cuts.set(5);

    assertThat(Arrays.equals(blobs.fetch(attempt, named), content)).isTrue();
  }

  @Test
  void shouldBringEveryByteHoweverOftenItBreaks() {
    cuts.set(3);

    assertThat(blobs.bring(attempt, content)).contains(named);
    assertThat(Arrays.equals(brought, content)).isTrue();
  }

  @Test
  void shouldNotUseAnInputOfAnotherHash() {
    Blob other = new Blob("ab".repeat(32), content.length);

    assertThat(refused(() -> blobs.fetch(attempt, other))).isEqualTo("payload-unavailable");
  }

  @Test
  void shouldTakeARefusalForAnAnswer() {
    refusal = 403;

    assertThat(refused(() -> blobs.fetch(attempt, named))).isEqualTo("lease-not-held");
    assertThat(refused(() -> blobs.bring(attempt, content))).isEqualTo("lease-not-held");
  }

  @Test
  void shouldLeaveShortOutputsAndOlderQueensToMessages() {
    assertThat(blobs.bring(attempt, new byte[256 << 10])).isEmpty();
    blobs.session(session, false);
    assertThat(blobs.bring(attempt, content)).isEmpty();
  }

  private static String refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(SkepException.class, call).code();
  }
}
