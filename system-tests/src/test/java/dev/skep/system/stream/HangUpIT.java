package dev.skep.system.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that waits for its answer and hangs up does not keep the pool's only slot busy. */
class HangUpIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration PROMPTLY = Duration.ofSeconds(3);
  private static final RunningQueen QUEEN = RunningQueen.shared();
  private static final String POOL =
      """
      name: hang-ups
      image: python
      slots: 1
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      """;

  private static PoolBench bench;
  private static PoolClient client;
  private static String token;
  private final List<Process> curls = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    bench = new PoolBench(QUEEN, "#fake run-for 5000\n", POOL);
    client = bench.client();
    token = ((JsonObject) bench.owner().json("wallet", "token")).getString("token");
    bench.run("alice", "pool", "join", bench.pool(), "--runtime", "fake");
    bench.awaitWarm(client, 1);
  }

  @AfterAll
  static void close() throws Exception {
    bench.close();
  }

  @AfterEach
  void endCurls() {
    curls.forEach(Process::destroyForcibly);
  }

  private static String newest() {
    List<JsonObject> jobs =
        PoolClient.array(client.ask("/api/jobs?pool=" + bench.pool() + "&limit=1").body())
            .getValuesAs(JsonObject.class);
    return jobs.isEmpty() ? "none" : jobs.get(0).getString("id");
  }

  /** Sends a call and returns its job once it runs, which shows that the slot is free. */
  private String running(List<String> options) throws IOException {
    String before = newest();
    List<String> curl = new ArrayList<>(List.of("curl", "-sS", "-d", "{}"));
    curl.addAll(List.of("-H", "Content-Type: application/json"));
    curl.addAll(List.of("-H", "Authorization: Bearer " + token));
    curl.addAll(List.of("--cacert", QUEEN.home().resolve("tls/queen.crt").toString()));
    curl.addAll(options);
    curls.add(new ProcessBuilder(curl).inheritIO().start());
    await().atMost(SOON).until(() -> !newest().equals(before));
    String job = newest();
    await().atMost(SOON).until(() -> state(job).equals("LEASED"));
    return job;
  }

  private static String state(String job) {
    return client.job(job).getString("state");
  }

  private static String url(String scheme) {
    int port = QUEEN.basePort() + (scheme.equals("http") ? 80 : 81);
    return scheme + "://localhost:" + port + "/pools/" + bench.pool();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http --http1.1", "https --http1.1", "https --http2"})
  void shouldCancelTheJobOfAClientThatHangsUp(String how) throws IOException {
    String job = running(List.of(how.split(" ")[1], url(how.split(" ")[0])));
    curls.get(0).destroyForcibly();
    await().atMost(PROMPTLY).until(() -> state(job).equals("CANCELLED"));
  }

  @Test
  void shouldFinishTheJobOfAClientThatWillComeAgain() throws IOException {
    String job = running(List.of("-H", "Idempotency-Key: again", url("http")));
    curls.get(0).destroyForcibly();
    await().atMost(SOON).until(() -> !state(job).equals("LEASED"));
    assertThat(state(job)).isEqualTo("COMPLETED");
  }

  @Test
  void shouldAnswerTheNextCallOfAConnectionWhoseClientWasWatched() throws IOException {
    try (Socket socket = new Socket("localhost", QUEEN.basePort() + 80)) {
      send(socket, "POST /pools/" + bench.pool());
      BufferedReader answers = reader(socket);
      assertThat(answers.readLine()).startsWith("HTTP/1.1 200");
      send(socket, "GET /api/pools/" + bench.pool());
      assertThat(answers.lines().anyMatch(line -> line.endsWith("HTTP/1.1 200 OK"))).isTrue();
    }
  }

  @Test
  void shouldHangUpOnWhoSendsTheNextCallBeforeTheAnswer() throws IOException {
    String before = newest();
    try (Socket socket = new Socket("localhost", QUEEN.basePort() + 80)) {
      send(socket, "POST /pools/" + bench.pool());
      await().atMost(SOON).until(() -> !newest().equals(before));
      String job = newest();
      await().pollDelay(Duration.ofMillis(1500)).until(() -> state(job).equals("LEASED"));
      send(socket, "GET /api/pools/" + bench.pool());
      assertThat(reader(socket).readLine()).as("no answer overtakes the first").isNull();
      await().atMost(PROMPTLY).until(() -> state(job).equals("CANCELLED"));
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    socket.setSoTimeout((int) SOON.toMillis());
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void send(Socket socket, String request) throws IOException {
    String body = request.startsWith("POST") ? "{}" : "";
    String call =
        request
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
  }
}
