package dev.skep.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Inputs and outputs that are too long for a message: every byte, both copies, and nobody else. */
@Tag("docker")
class LargePayloadIT {
  private static final int INPUT = 3_000_000;
  private static final int OUTPUT = 4_000_000;

  private static final Map<String, byte[]> POOL =
      Map.of(
          "pool.yml",
          """
          name: large payloads
          price: {perJob: 0.01 SKEP}
          deposit: 1 SKEP
          verification: {policy: quorum, copies: 2, agree: 2, distinct: wallet}
          slots: 2
          input: {maxBytes: 4m}
          output: {maxBytes: 5m}
          """
              .getBytes(StandardCharsets.UTF_8),
          "job.py",
          """
          import time
          from sdk import create_job

          def job(input):
              if isinstance(input, str):
                  return (input + input)[:%d]
              while input["wait"]:
                  time.sleep(0.1)
          create_job(job)
          """
              .formatted(OUTPUT)
              .getBytes(StandardCharsets.UTF_8));

  @Test
  void shouldCarryEveryByteBothWaysAndGiveThemToNobodyElse() throws Exception {
    String text = "0123456789".repeat(INPUT / 10);
    String wanted = "\"" + (text + text).substring(0, OUTPUT) + "\"";
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), "job.py", POOL)) {
      PoolClient client = bench.client();
      bench.join("alice", 1);
      bench.join("bob", 1);
      bench.awaitWarm(client, 2);

      HttpResponse<String> answer = client.call("\"" + text + "\"");
      assertThat(answer.statusCode()).as("%.300s", answer.body()).isEqualTo(200);
      assertThat(answer.body().equals(wanted)).as("every byte").isTrue();
      String job = answer.headers().firstValue("Skep-Job").orElseThrow();
      assertThat(PoolClient.attempts(client.job(job)))
          .hasSize(2)
          .allMatch(attempt -> attempt.getString("state").equals("SUCCEEDED"));
      assertThat(client.ask("/api/jobs/" + job + "/output").body().equals(wanted)).isTrue();
      assertCommandsCarryThem(bench, text, wanted);
      assertRefused(client.call("\"" + text + text + "\""), 413, "input-too-large");
      assertRefused(client.call(text + "x"), 400, "input-malformed");
      assertOnlyTheLeaseOpensIt(bench, client, text);
    }
  }

  private static void assertCommandsCarryThem(PoolBench bench, String text, String wanted)
      throws Exception {
    Path input = Files.writeString(bench.homeOf("input.json"), "\"" + text + "\"");
    Path output = bench.homeOf("output.json");
    JsonObject called =
        (JsonObject) bench.owner().json("pool", "call", bench.pool(), "--input", "@" + input);
    assertThat(called.getString("output")).hasSize(OUTPUT);
    bench.owner().json("job", "output", called.getString("job"), "--output", "" + output);
    assertThat(Files.readString(output).equals(wanted)).isTrue();
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as("%.300s", answer.body()).isEqualTo(status);
    assertThat(PoolClient.object(answer.body()).getString("code")).isEqualTo(code);
  }

  /** The pool's owner, a stranger and the client know the job; none of them holds its lease. */
  private static void assertOnlyTheLeaseOpensIt(PoolBench bench, PoolClient client, String text)
      throws Exception {
    String padding = text.substring(0, 300_000);
    String job = client.accepted("{\"wait\": true, \"padding\": \"" + padding + "\"}");
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.job(job).getString("state").equals("LEASED"));
    String session = "018cc251-f400-7000-8000-000000000000";
    for (String who : List.of("owner", "stranger", "alice")) {
      String path = "/api/connector/sessions/" + session + "/attempts/" + job + "/1/input";
      assertThat(status(bench, who, path)).as("%s without the session", who).isEqualTo(404);
    }
    assertThat(client.post("/api/jobs/" + job + "/cancel").statusCode()).isEqualTo(202);
  }

  private static int status(PoolBench bench, String who, String path) throws Exception {
    String token = ((JsonObject) bench.person(who).json("wallet", "token")).getString("token");
    URI uri = RunningQueen.shared().http().resolve(path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
