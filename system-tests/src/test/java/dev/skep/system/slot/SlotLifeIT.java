package dev.skep.system.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import jakarta.json.JsonArray;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the owner of a pool sees of its slots while they rest, pause, leave and fail. */
class SlotLifeIT {
  private static final String POOL =
      """
      name: slot life
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      """;
  private static final RunningQueen QUEEN = RunningQueen.shared();

  private static PoolBench bench(String program) throws Exception {
    return bench(program, "");
  }

  private static PoolBench bench(String program, String more) throws Exception {
    return new PoolBench(QUEEN, program, POOL + more);
  }

  private static void join(PoolBench bench) {
    bench.run("alice", "pool", "join", bench.pool(), "--runtime", "fake", "--stop-after", "200ms");
  }

  private static void awaitState(PoolClient client, String state) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              JsonArray slots = client.pool().getJsonArray("slots");
              return !slots.isEmpty() && slots.getJsonObject(0).getString("state").equals(state);
            });
  }

  @Test
  void shouldShowThatASlotIsColdWakesForAJobIsPausedAndLeaves() throws Exception {
    try (PoolBench bench = bench("#fake run-for 4000\n")) {
      PoolClient client = bench.client();
      join(bench);
      awaitState(client, "COLD");
      assertThat(client.pool().getInt("slotsTaken")).as("it keeps its seat").isEqualTo(1);
      assertThat(page("/")).contains("<small>1 cold</small>");

      assertThat(client.call("{\"n\":1}").body()).isEqualTo("{\"n\":1}");
      awaitState(client, "COLD");
      bench.person("alice").script("connector", "pause").succeeded();
      awaitState(client, "PAUSED");
      assertThat(bench.owner().script("pool", "show", bench.pool()).succeeded())
          .containsPattern("1 +PAUSED ");
      assertThat(bench.person("alice").script("connector", "status").succeeded())
          .contains("paused")
          .contains("slot PAUSED");

      String waiting = client.accepted("{\"n\":2}");
      assertThat(client.job(waiting).getString("state")).isEqualTo("QUEUED");
      bench.person("alice").script("connector", "resume").succeeded();
      awaitState(client, "WARM");
      bench.person("alice").script("connector", "drain").succeeded();
      awaitState(client, "DRAINING");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> client.pool().getJsonArray("slots").isEmpty());
      assertThat(client.job(waiting).getString("state")).isEqualTo("COMPLETED");
    }
  }

  @Test
  void shouldTellItsOwnerAloneWhyTheInitFailed() throws Exception {
    try (PoolBench bench = bench("#fake fail-init no such module: s3cret\n")) {
      join(bench);
      awaitState(bench.client(), "FAILED");
      ShellCommand.Result shown = bench.owner().script("pool", "show", bench.pool());
      assertThat(shown.succeeded())
          .contains("slot 1: init-failed")
          .contains("no such module: s3cret")
          .contains("next: Fix the function given to define_init");
      assertThat(page("/api/pools/" + bench.pool()))
          .contains("init-failed")
          .doesNotContain("s3cret");
      assertThat(bench.person("stranger").script("pool", "show", bench.pool()).succeeded())
          .contains("init-failed")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void shouldFailASlotThatDoesNotAnswerThePoolsCheck() throws Exception {
    try (PoolBench bench = bench("#fake answer 3\n", "check: {input: '1', output: '2'}\n")) {
      join(bench);
      awaitState(bench.client(), "FAILED");
      assertThat(bench.owner().script("pool", "show", bench.pool()).succeeded())
          .contains("1 must give 2")
          .contains("slot 1: check-failed")
          .contains("wants 2, the answer here is 3");
    }
  }

  /** As somebody sees it who has not signed in. */
  private static String page(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(QUEEN.http().resolve(path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
