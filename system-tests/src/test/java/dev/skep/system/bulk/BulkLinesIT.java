package dev.skep.system.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bulk endpoint as a client without our program meets it: both ways at once on one socket. */
@Tag("docker")
class BulkLinesIT {
  private static final String ECHO =
      """
      from sdk import create_job

      create_job(lambda input: input)
      """;
  private static final String POOL =
      """
      name: bulk lines
      image: python
      resources: {cpus: 1, memory: 128m}
      slots: 1
      perUser: 1
      price: {perJob: 0.01 SKEP}
      deposit: 0.02 SKEP
      verification: {policy: none, trustProviders: true}
      """;

  @Test
  void shouldAnswerWhileLinesComeInAndLetNoBrokenLineDisturbOthers() throws Exception {
    RunningQueen queen = RunningQueen.shared();
    try (PoolBench bench = new PoolBench(queen, ECHO, POOL)) {
      bench.join("alice", 1);
      PoolClient client = bench.client();
      bench.awaitWarm(client, 1);
      JsonObject token = (JsonObject) bench.owner().json("wallet", "token");
      try (Duplex lines = new Duplex(queen.http(), bench.pool(), token.getString("token"))) {
        String first = lines.ask("{\"key\":\"a\",\"input\":{\"n\": 1}}");
        assertThat(first).contains("\"key\":\"a\"", "\"output\":{\"n\":1}", "\"cost\":\"1");
        assertThat(lines.ask("{\"key\":\"a\",\"input\":{\"n\": 1}}")).isEqualTo(first);
        assertThat(lines.ask("{\"key\":\"a\",\"input\":2}")).contains("idempotency-key-conflict");
        assertThat(lines.ask("{\"key\":")).contains("\"line\":4", "input-malformed");
        assertThat(lines.ask("{\"key\":\"b\",\"input\":" + "[".repeat(300) + "}"))
            .contains("\"line\":5", "deeper");
        assertThat(lines.ask("{\"input\":1}")).contains("\"line\":6", "line-malformed");
        assertThat(lines.ask("\"" + "x".repeat(300_000) + "\""))
            .contains("\"line\":7", "line-too-long");
        assertThat(lines.ask("{\"key\":\"c\",\"input\":3}")).contains("\"output\":3");
        assertThat(lines.ask("{\"key\":\"d\",\"input\":4}")).contains("budget-exhausted");
        assertThat(lines.ask("{\"key\":\"a\",\"input\":{\"n\": 1}}"))
            .as("what was paid for is answered again when no funds are left")
            .isEqualTo(first);
      }
      assertThat(client.pool().getString("spent")).isEqualTo("20000000000000000");
    }
  }

  /** One HTTP/1.1 request by hand: chunks go out while the chunks of the answer come in. */
  private static final class Duplex implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Duplex(URI queen, String pool, String token) throws IOException {
      socket = new Socket(queen.getHost(), queen.getPort());
      socket.setSoTimeout(60_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out = socket.getOutputStream();
      Map<String, String> headers =
          Map.of(
              "Host",
              queen.getAuthority(),
              "Authorization",
              "Bearer " + token,
              "Content-Type",
              "application/x-ndjson",
              "Transfer-Encoding",
              "chunked");
      Function<Map.Entry<String, String>, String> line = e -> e.getKey() + ": " + e.getValue();
      String head = headers.entrySet().stream().map(line).collect(Collectors.joining("\r\n"));
      send("POST /pools/" + pool + "/bulk HTTP/1.1\r\n" + head + "\r\n\r\n");
      // Payara looks at a request once the first of its body is there: until then nothing comes.
    }

    String ask(String line) throws IOException {
      byte[] chunk = (line + "\n").getBytes(StandardCharsets.UTF_8);
      send(Integer.toHexString(chunk.length) + "\r\n");
      out.write(chunk);
      send("\r\n");
      String answer = in.readLine();
      while (answer != null && !answer.startsWith("{")) {
        answer = in.readLine(); // heads and lengths of chunks
      }
      return answer;
    }

    private void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
