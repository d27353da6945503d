package dev.skep.system.death;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.ArmedKill;
import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server dies right after it said 202: what was accepted completes, and is paid once. */
@Tag("docker")
class ServerDeathIT {

  private static final int JOBS = 50;
  private static final int ROUNDS = 5;
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final String ECHO =
      """
      from sdk import create_job

      create_job(lambda input: input)
      """;
  private static final String POOL =
      """
      name: death of the server
      image: python
      resources: {cpus: 1, memory: 128m}
      slots: 2
      perUser: 2
      price: {perJob: 0.01 SKEP}
      deposit: 100 SKEP
      verification: {policy: none, trustProviders: true}
      deadlines: {queue: 20m, run: 30s, total: 30m}
      """;

  @Test
  void shouldCompleteAndPayOnceWhatWasAcceptedBeforeTheKill() throws Exception {
    RunningQueen queen = RunningQueen.shared();
    try (PoolBench bench = new PoolBench(queen, ECHO, POOL)) {
      bench.join("alice", 2);
      bench.awaitWarm(bench.client(), 2);

      for (int round = 0; round < ROUNDS; round++) {
        PoolClient client = bench.client();
        ArmedKill kill = queen.armServerKill();
        List<String> ids = fifty(client, round);
        assertThat(kill.strike()).isLessThan(AT_ONCE);
        queen.start();
        assertCompletedAndPaidOnce(bench.client(), ids);
      }

      PoolClient client = bench.client();
      ArmedKill kill = queen.armDatabaseKill();
      List<String> ids = fifty(client, ROUNDS);
      kill.strike();
      queen.start();
      assertCompletedAndPaidOnce(bench.client(), ids);
    }
  }

  private static List<String> fifty(PoolClient client, int round) {
    return IntStream.range(0, JOBS)
        .mapToObj(i -> client.accepted("{\"round\":" + round + ",\"n\":" + i + "}"))
        .toList();
  }

  private static void assertCompletedAndPaidOnce(PoolClient client, List<String> ids) {
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions()
        .until(() -> client.jobs(ids).stream().allMatch(ServerDeathIT::completed));
    assertThat(client.jobs(ids))
        .allSatisfy(job -> assertThat(PoolClient.receipts(job)).as(job.toString()).hasSize(1));
  }

  private static boolean completed(JsonObject job) {
    return job.getString("state").equals("COMPLETED");
  }
}
