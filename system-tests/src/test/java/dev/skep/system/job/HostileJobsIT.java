package dev.skep.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jobs that throw, print garbage, never answer, eat all memory or answer too much, as a client sees
 * them over REST and on the command line; the pool serves on, and pays for what worked only.
 */
@Tag("docker")
class HostileJobsIT {

  private static final int MOST_OUTPUT = 1 << 20;
  private static final String PRICE = "10000000000000000";
  private static final String PROGRAM =
      """
      import os
      import time

      from sdk import create_job


      def run(input):
          do = input["do"]
          print("log of", do)
          if do == "throw":
              raise ValueError("no such word: " + input["word"])
          if do == "garbage":
              os.write(1, b'\\x00\\xff{"type":"result","id":"x","payload":true}\\n')
              print("\\x1b[31mred\\x07")
          if do == "sleep":
              time.sleep(600)
          if do == "eat":
              return len([bytearray(1 << 20) for _ in range(4096)])
          if do == "exit":
              os._exit(3)
          if do == "nan":
              return float("nan")
          if do == "large":
              print("y" * input["log"])
              return "x" * (input["bytes"] - 2)
          return input


      create_job(run)
      """;
  private static final String POOL =
      """
      name: hostile jobs
      image: python
      resources: {cpus: 1, memory: 768m}
      slots: 1
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      deadlines: {queue: 2m, run: 15s, total: 5m}
      """;

  private static PoolBench bench;
  private static PoolClient client;

  @BeforeAll
  static void open() throws Exception {
    bench = new PoolBench(RunningQueen.shared(), PROGRAM, POOL);
    client = bench.client();
    bench.join("alice", 1);
    bench.awaitWarm(client, 1);
  }

  @AfterAll
  static void close() throws Exception {
    if (bench != null) {
      bench.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"do\":\"throw\",\"word\":\"bee\"}            | job-threw        | ValueError: no such word: bee",
        "{\"do\":\"sleep\"}                             | run-limit        | longer than its limit",
        "{\"do\":\"eat\"}                               | out-of-memory    | memory",
        "{\"do\":\"exit\"}                              | job-exited       | exit status 3",
        "{\"do\":\"nan\"}                               | output-invalid   | out of range float",
        "{\"do\":\"large\",\"log\":0,\"bytes\":100000000} | output-too-large | 100000000",
        "{\"do\":\"large\",\"log\":0,\"bytes\":1048577}   | output-too-large | 1048577",
      })
  void shouldBlameTheJobPayNothingAndServeOn(String input, String code, String why) {
    HttpResponse<String> refused = client.call(input);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(refused.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonObject problem = PoolClient.object(refused.body());
    assertBlamesTheJob(problem, code, why);
    assertThat(problem.getJsonObject("job").getString("state")).isEqualTo("FAILED");

    JsonObject job = client.job(jobOf(refused));
    assertThat(job.getString("state")).isEqualTo("FAILED");
    assertBlamesTheJob(job.getJsonObject("problem"), code, why);
    assertThat(PoolClient.attempts(job)).as("its own failure is not tried again").hasSize(1);
    assertThat(PoolClient.attempts(job).get(0).getString("state")).isEqualTo("FAILED");
    assertThat(PoolClient.receipts(job)).as("price per second is 0").isEmpty();
    assertThat(job.getString("cost")).isEqualTo("0");
    assertWorks("{\"do\":\"echo\",\"after\":\"" + code + "\"}");
  }

  private static void assertBlamesTheJob(JsonObject problem, String code, String why) {
    assertThat(problem.getString("code")).as(problem.toString()).isEqualTo(code);
    assertThat(problem.getString("fault")).isEqualTo("JOB");
    assertThat(problem.getBoolean("retryable")).isFalse();
    assertThat(problem.getString("detail")).containsIgnoringCase(why);
    assertThat(problem.getString("hint")).isNotBlank();
  }

  /** A good job is answered, and paid exactly once. */
  private static JsonArray assertWorks(String input) {
    HttpResponse<String> answered = client.call(input);
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
    JsonObject job = client.job(jobOf(answered));
    assertThat(job.getString("state")).isEqualTo("COMPLETED");
    assertThat(PoolClient.receipts(job)).hasSize(1);
    assertThat(job.getString("cost")).isEqualTo(PRICE);
    return PoolClient.receipts(job);
  }

  private static String jobOf(HttpResponse<String> response) {
    return response.headers().firstValue("Skep-Job").orElseThrow();
  }

  @Test
  void shouldAnswerThoughTheJobPrintsGarbageAndShowThatHarmlessly() {
    HttpResponse<String> answered = client.call("{\"do\":\"garbage\"}");

    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
    assertThat(answered.body()).isEqualTo("{\"do\":\"garbage\"}");
    String logs = bench.owner().script("job", "logs", jobOf(answered)).succeeded();
    assertThat(logs).contains("\"payload\":true", "red").doesNotContain("\u001b", "\u0007", "\0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"do\": echo}       | no JSON value at byte 7",
        "{\"do\":NaN}        | no JSON value at byte 6",
        "{\"do\":1} {}       | something follows",
        "{\"a\":\"caf\u00e9\"} | not UTF-8 at byte 9",
        "``                   | ends too early",
      })
  void shouldRefuseAnInputThatIsNotJsonAndStartNoJob(String input, String why) {
    assertRefusedInput(client.call(input.getBytes(StandardCharsets.ISO_8859_1)), why);
  }

  @Test
  void shouldRefuseAnInputThatIsTooDeepAndStartNoJob() {
    byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    assertRefusedInput(client.call(deep), "nested deeper than 128 levels");
  }

  @Test
  void shouldRefuseAnInputThatIsTooLargeAndStartNoJob() {
    HttpResponse<String> refused = client.call('"' + "x".repeat(300_000) + '"');
    assertRefused(refused, 413, "body-too-large");
    assertThat(refused.headers().firstValue("Skep-Job")).isEmpty();
  }

  private static void assertRefusedInput(HttpResponse<String> refused, String why) {
    assertRefused(refused, 400, "input-malformed");
    assertThat(PoolClient.object(refused.body()).getString("detail")).contains(why);
    assertThat(refused.headers().firstValue("Skep-Job")).isEmpty();
  }

  @Test
  void shouldCarryTheLargestOutputWithTheLargestLog() {
    HttpResponse<String> answered =
        client.call("{\"do\":\"large\",\"log\":70000,\"bytes\":" + MOST_OUTPUT + "}");

    assertThat(answered.statusCode()).as(answered.body().substring(0, 100)).isEqualTo(200);
    assertThat(answered.body()).hasSize(MOST_OUTPUT).matches("\"x+\"");
    JsonObject job = client.job(jobOf(answered));
    assertThat(PoolClient.attempts(job)).hasSize(1);
    assertThat(PoolClient.receipts(job)).hasSize(1);
  }

  @Test
  void shouldTellThePersonAtTheTerminalWhoseFaultItIsAndWhatToDo() {
    String input = "{\"do\":\"throw\",\"word\":\"hive\"}";
    ShellCommand.Result called =
        bench.owner().script("pool", "call", bench.pool(), "--input", input);

    assertThat(called.exit()).isEqualTo(1);
    assertThat(called.out()).isEmpty();
    assertThat(called.err())
        .contains("error: the job raised ValueError: no such word: hive")
        .contains("job-threw, fault: the job's program")
        .contains("next: Read the job's log and traceback; fix the program.");

    String job = jobOf(client.call(input));
    assertThat(bench.owner().script("job", "show", job).succeeded())
        .contains("FAILED", "no such word: hive", "job-threw", "JOB", "Read the job's log");
    assertThat(bench.owner().script("job", "logs", job).succeeded()).contains("log of throw");
  }

  @Test
  void shouldKeepAnOwnersPoolAndJobsFromStrangers() {
    String job = jobOf(client.call("{\"do\":\"echo\"}"));
    PoolClient stranger = bench.clientOf("stranger");

    assertRefused(stranger.call("{\"do\":\"echo\"}"), 403, "pool-access-denied");
    for (String of : new String[] {"", "/output", "/logs"}) {
      assertRefused(stranger.ask("/api/jobs/" + job + of), 404, "job-not-found");
    }
    assertRefused(stranger.post("/api/jobs/" + job + "/cancel"), 404, "job-not-found");
    assertThat(stranger.ask("/api/jobs?pool=" + bench.pool()).body()).isEqualTo("[]");
    PoolClient thief = bench.clientWith("x".repeat(43));
    assertRefused(thief.call("{\"do\":\"echo\"}"), 401, "token-invalid");
    assertRefused(thief.ask("/api/jobs/" + job), 401, "token-invalid");
    ShellCommand.Result called =
        bench.person("stranger").script("pool", "call", bench.pool(), "--input", "1");
    assertThat(called.exit()).isEqualTo(3);
    assertThat(called.err()).contains("pool-access-denied, fault: yours", "next: ");
  }

  private static void assertRefused(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonObject problem = PoolClient.object(response.body());
    assertThat(Map.of("code", problem.getString("code"), "fault", problem.getString("fault")))
        .isEqualTo(Map.of("code", code, "fault", "CALLER"));
    assertThat(problem.getString("hint")).isNotBlank();
  }
}
