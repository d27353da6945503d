package dev.skep.system.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lines that the first users were promised, typed as they were written. */
@Tag("docker")
class SeedLinesIT {

  private static final int SLOTS = 10;
  private static final String ECHO =
      """
      import time

      from sdk import create_job


      def echo(input):
          time.sleep(0.05)
          return input


      create_job(echo)
      """;
  private static final String POOL =
      """
      name: ten seats
      image: python
      resources: {cpus: 1, memory: 64m}
      slots: 10
      price: {perJob: 0.001 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      """;

  @Test
  void shouldFillTenSlotsThatEachAnswerAJob() throws Exception {
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), ECHO, POOL)) {
      PoolClient client = bench.client();
      bench.join("alice", SLOTS);
      bench.awaitWarm(client, SLOTS);

      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> everySeatWorked(client));

      List<JsonObject> slots = slots(client);
      assertThat(slots).hasSize(SLOTS);
      assertThat(slots.stream().map(slot -> slot.getString("containerId")).distinct())
          .hasSize(SLOTS);
    }
  }

  @Test
  void shouldJoinInTheOtherOrderOfWordsToo() throws Exception {
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), ECHO, POOL)) {
      bench.run("bob", "join", "pool", bench.pool());

      bench.awaitWarm(bench.client(), 1);
    }
  }

  @Test
  void shouldEvaluateThisMachine() throws Exception {
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), ECHO, POOL)) {
      String table = bench.person("carol").script("evaluate").succeeded();
      JsonObject json = (JsonObject) bench.person("carol").json("evaluate");

      assertThat(table).containsIgnoringCase("memory").containsIgnoringCase("docker");
      assertThat(json.toString()).contains(bench.pool());
    }
  }

  private static boolean everySeatWorked(PoolClient client) {
    for (int i = 0; i < 2 * SLOTS; i++) {
      client.accepted("{\"n\":" + i + "}");
    }
    return slots(client).stream().allMatch(slot -> slot.getInt("jobsDone") > 0);
  }

  private static List<JsonObject> slots(PoolClient client) {
    return client.pool().getJsonArray("slots").getValuesAs(JsonObject.class);
  }
}
