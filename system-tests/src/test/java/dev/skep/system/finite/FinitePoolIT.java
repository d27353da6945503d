package dev.skep.system.finite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.ArmedKill;
import dev.skep.system.server.PoolBench;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.webhook.Receiver;
import dev.skep.system.webhook.Receiver.Received;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool with inputs of its own works through them whoever dies, and says so; what is left goes
 * home without its owner.
 */
class FinitePoolIT {
  private static final int LINES = 200;
  private static final BigInteger PRICE = new BigInteger("10000000000000000");
  private static final String INPUTS =
      IntStream.rangeClosed(1, LINES)
          .mapToObj(n -> "{\"n\": " + n + "}\n")
          .collect(Collectors.joining());
  private static final String POOL =
      """
      name: finite
      image: python
      slots: 4
      price: {perJob: 0.01 SKEP}
      deposit: 5 SKEP
      verification: {policy: none, trustProviders: true}
      inputs: {file: in.jsonl}
      """;

  private final RunningQueen queen = RunningQueen.shared();
  @TempDir Path folder;

  @Test
  void shouldAnswerEachInputOnceThroughTheDeathOfTheServerAndSendTheRestHome() throws Exception {
    Map<String, byte[]> files =
        Map.of(
            "pool.yml",
            bytes(POOL),
            "in.jsonl",
            bytes(INPUTS),
            "job.py",
            bytes("#fake run-for 200\n"));
    try (Receiver receiver = new Receiver();
        PoolBench bench = new PoolBench(queen, "job.py", files)) {
      register(bench, receiver);
      BigInteger before = balance(bench);
      Process provider =
          bench.run("alice", "pool", "join", bench.pool(), "-n", "4", "--runtime", "fake");
      awaitDone(bench, 20);
      assertThat(pausedAndResumed(bench)).isBetween(20, LINES - 80);

      ArmedKill kill = queen.armServerKill();
      awaitDone(bench, 100);
      kill.strike();
      queen.start();
      await()
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptions()
          .until(() -> state(bench).equals("COMPLETED"));

      assertThat(inputs(bench).getInt("done")).isEqualTo(LINES);
      assertThat(spent(bench)).isEqualTo(PRICE.multiply(BigInteger.valueOf(LINES)));
      assertThat(results(bench)).isEqualTo(INPUTS);
      assertThat(provider.waitFor(1, TimeUnit.MINUTES)).as("its provider leaves").isTrue();
      assertThat(provider.exitValue()).isZero();
      await().atMost(Duration.ofMinutes(3)).until(() -> state(bench).equals("CLOSED"));
      BigInteger rest = new BigInteger("5000000000000000000").subtract(spent(bench));
      assertThat(balance(bench).subtract(before)).isEqualTo(rest);
      assertThat(bench.client().ask("/").body()).contains(LINES + " / " + LINES + " inputs");
      assertThat(completions(receiver)).containsExactly("dev.skep.pool.completed");
    }
  }

  /** Returns how many inputs had ended while it stood still. */
  private static int pausedAndResumed(PoolBench bench) {
    bench.owner().json("pool", "pause", bench.pool());
    await().atMost(Duration.ofSeconds(20)).until(() -> inputs(bench).getInt("running") == 0);
    int standing = inputs(bench).getInt("done");
    HttpResponse<String> refused = bench.client().call("1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("pool-paused", "skep pool resume");
    assertThat(state(bench)).isEqualTo("PAUSED");
    assertThat(inputs(bench).getInt("done") - standing).isLessThanOrEqualTo(4);
    bench.owner().json("pool", "resume", bench.pool());
    return standing;
  }

  private static void awaitDone(PoolBench bench, int ended) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> inputs(bench).getInt("done") >= ended);
  }

  private static String state(PoolBench bench) {
    return bench.client().pool().getString("state");
  }

  private static JsonObject inputs(PoolBench bench) {
    return bench.client().pool().getJsonObject("inputs");
  }

  private static BigInteger spent(PoolBench bench) {
    return new BigInteger(bench.client().pool().getString("spent"));
  }

  private static BigInteger balance(PoolBench bench) {
    JsonObject wallet = (JsonObject) bench.owner().json("wallet", "balance");
    return new BigInteger(wallet.getString("balance"));
  }

  private String results(PoolBench bench) throws Exception {
    String file = folder.resolve("out.jsonl").toString();
    bench.owner().json("pool", "results", bench.pool(), "--output", file);
    return Files.readString(Path.of(file));
  }

  private static List<String> completions(Receiver receiver) {
    return receiver.all().stream()
        .filter(one -> one.answered() == 204)
        .collect(Collectors.toMap(Received::event, Received::body, (first, again) -> first))
        .values()
        .stream()
        .map(body -> Json.createReader(new ByteArrayInputStream(body)).readObject())
        .map(event -> event.getString("type"))
        .toList();
  }

  private void register(PoolBench bench, Receiver receiver) throws Exception {
    receiver.refuse(1);
    String token = ((JsonObject) bench.owner().json("wallet", "token")).getString("token");
    URI webhooks = queen.http().resolve("/api/pools/" + bench.pool() + "/webhooks");
    String body = "{\"url\": \"" + receiver.url() + "\", \"events\": [\"pool.completed\"]}";
    HttpRequest request =
        HttpRequest.newBuilder(webhooks)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(201);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
