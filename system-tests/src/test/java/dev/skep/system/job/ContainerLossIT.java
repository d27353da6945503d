package dev.skep.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider's Docker ends the container in the middle of a job: the job moves on, paid once. */
@Tag("docker")
class ContainerLossIT {

  private static final String NAP =
      """
      import time

      from sdk import create_job


      def nap(input):
          time.sleep(8)
          return input


      create_job(nap)
      """;
  private static final String POOL =
      """
      name: loss of a container
      image: python
      resources: {cpus: 1, memory: 128m}
      slots: 2
      perUser: 1
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      deadlines: {queue: 3m, run: 60s, total: 6m}
      """;

  /** What a stopping engine does to containers first (SIGTERM), and what it does last (SIGKILL). */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void shouldCompleteTheJobElsewhereAndPayOnce(String signal) throws Exception {
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), NAP, POOL)) {
      PoolClient client = bench.client();
      bench.join("alice", 1);
      bench.join("bob", 1);
      bench.awaitWarm(client, 2);

      String id = client.accepted("{\"n\":1}");
      String container = containerOf(client, PoolClient.attempts(client.job(id)).get(0));
      ShellCommand.run(
              Map.of(),
              Duration.ofMinutes(1),
              List.of("docker", "kill", "--signal", signal, container))
          .succeeded();
      await().atMost(Duration.ofMinutes(3)).until(() -> isCompleted(client.job(id)));

      assertMovedOn(client.job(id));
      bench.awaitWarm(client, 2);
    }
  }

  private static void assertMovedOn(JsonObject job) {
    List<JsonObject> attempts = PoolClient.attempts(job);
    assertThat(attempts).as(job.toString()).hasSize(2);
    JsonObject first = attempts.get(0);
    JsonObject problem = first.getJsonObject("problem");
    assertThat(first.getString("state")).isEqualTo("FAILED");
    assertThat(problem.getString("code")).isEqualTo("runtime-unavailable");
    assertThat(problem.getString("fault")).isEqualTo("PROVIDER");
    assertThat(problem.getBoolean("retryable")).isTrue();
    assertThat(problem.getString("hint")).contains("Docker");
    JsonObject second = attempts.get(1);
    assertThat(second.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(second.getString("provider")).isNotEqualTo(first.getString("provider"));
    assertThat(PoolClient.receipts(job).getValuesAs(JsonObject.class))
        .extracting(receipt -> receipt.getString("provider"))
        .containsExactly(second.getString("provider"));
    assertThat(job.getString("cost")).isEqualTo("10000000000000000");
  }

  private static String containerOf(PoolClient client, JsonObject attempt) {
    return client.pool().getJsonArray("slots").getValuesAs(JsonObject.class).stream()
        .filter(slot -> slot.getString("id").equals(attempt.getString("slotId")))
        .findFirst()
        .orElseThrow()
        .getString("containerId");
  }

  private static boolean isCompleted(JsonObject job) {
    return job.getString("state").equals("COMPLETED");
  }
}
