package dev.skep.system.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a connected version stands is seen by everybody; results are kept for the stated time. */
class ConnectedIT {
  private static final String POOL =
      """
      name: connected
      image: python
      slots: 2
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      """;
  private static final RunningQueen QUEEN = RunningQueen.shared();
  private static PoolBench bench;
  @TempDir Path folder;

  @BeforeAll
  static void open() throws IOException {
    bench = new PoolBench(QUEEN, "# The fake runtime answers the input.\n", POOL);
    bench.run("alice", "pool", "join", bench.pool(), "--runtime", "fake");
    bench.awaitWarm(bench.client(), 1);
  }

  @AfterAll
  static void close() throws InterruptedException {
    bench.close();
  }

  @Test
  void shouldShowHowAConnectorsVersionStands() throws Exception {
    assertThat(slot().getString("standing")).isEqualTo("current");
    String software = slot().getString("software");

    change(
        "update connector_session set software = 'skep-java/0.0.1 wire/1' where software = ?"
            + " and id in (select session_id from slot where pool_id = ?)",
        software,
        UUID.fromString(bench.pool()));
    assertThat(slot().getString("standing")).isEqualTo("update-advised");
    assertThat(bench.owner().script("pool", "show", bench.pool()).succeeded())
        .contains("0.0.1 (update advised)");
    assertThat(get("/connector").body()).contains("<td>0.0.1</td><td>update advised</td>");
  }

  @Test
  void shouldRefuseAConnectorOfAnotherWireWithTheCommandToType() throws Exception {
    HttpResponse<String> refused = openSession("skep-java/9.0.0 wire/99");

    assertThat(refused.statusCode()).isEqualTo(426);
    assertThat(refused.body()).contains("connector-incompatible", "skep update");
    assertThat(openSession("another program").statusCode()).isEqualTo(201);
  }

  @Test
  void shouldGiveAnOutputAsAFileUntilItsTimeIsOver() throws Exception {
    PoolClient client = bench.client();
    String job = client.accepted("{\"n\":[1,2]}");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> client.job(job).getString("state").equals("COMPLETED"));
    Path file = folder.resolve("out.json");

    bench.owner().script("job", "output", job, "--output", file.toString()).succeeded();
    assertThat(Files.readString(file)).isEqualTo("{\"n\":[1,2]}");
    assertThat(client.ask("/api/jobs/" + job + "/output").headers().map())
        .extractingByKey("Content-Disposition")
        .asString()
        .contains("job-" + job + ".json");
    assertThat(client.job(job).getString("resultsKeptUntil")).isNotBlank();

    change(
        "update job set ended_at = now() - interval '400 days' where id = ?", UUID.fromString(job));
    ShellCommand.Result late = bench.owner().script("job", "output", job);
    assertThat(late.exit()).isEqualTo(3);
    assertThat(late.err()).contains("result-expired", "next: What it cost");
    assertThat(client.ask("/api/jobs/" + job + "/logs").statusCode()).isEqualTo(410);
    assertThat(client.job(job).getJsonArray("receipts")).hasSize(1);
  }

  private static JsonObject slot() {
    return bench.client().pool().getJsonArray("slots").getJsonObject(0);
  }

  private static HttpResponse<String> openSession(String software) throws Exception {
    String token = ((JsonObject) bench.person("eve").json("wallet", "token")).getString("token");
    String body = "{\"machineId\":\"m1\",\"software\":\"" + software + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(QUEEN.http().resolve("/api/connector/sessions"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(QUEEN.http().resolve(path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  /** What only time or another age's program would do is done to the rows. */
  private static void change(String sql, Object... arguments) throws SQLException, IOException {
    String url = "jdbc:postgresql://127.0.0.1:" + (QUEEN.basePort() + 32) + "/skep";
    String password =
        Files.readAllLines(QUEEN.home().resolve("secrets")).stream()
            .filter(line -> line.startsWith("database_password="))
            .map(line -> line.substring(line.indexOf('=') + 1))
            .findFirst()
            .orElseThrow();
    try (Connection connection = DriverManager.getConnection(url, "skep", password);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
