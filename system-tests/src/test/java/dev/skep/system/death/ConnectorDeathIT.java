package dev.skep.system.death;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connector dies with work in its hands: the work moves on, and is paid once. */
@Tag("docker")
class ConnectorDeathIT {

  private static final int JOBS = 50;
  private static final String SLOW_ECHO =
      """
      import time

      from sdk import create_job


      def slow(input):
          time.sleep(3)
          return input


      create_job(slow)
      """;
  private static final String POOL =
      """
      name: death of a connector
      image: python
      resources: {cpus: 1, memory: 128m}
      slots: 12
      perUser: 6
      price: {perJob: 0.01 SKEP}
      deposit: 10 SKEP
      verification: {policy: none, trustProviders: true}
      deadlines: {queue: 5m, run: 30s, total: 10m}
      """;

  @Test
  void shouldCompleteEveryJobElsewhereWhenAConnectorIsKilled() throws Exception {
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), SLOW_ECHO, POOL)) {
      PoolClient client = bench.client();
      Process victim = bench.join("alice", 6);
      bench.join("bob", 6);
      bench.awaitWarm(client, 12);
      String alice = bench.addressOf("alice");

      List<String> ids =
          IntStream.range(0, JOBS).mapToObj(i -> client.accepted("{\"n\":" + i + "}")).toList();
      await().atMost(Duration.ofSeconds(30)).until(() -> held(client.jobs(ids), alice) >= 10);
      victim.destroyForcibly();

      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> client.jobs(ids).stream().allMatch(ConnectorDeathIT::completed));
      List<JsonObject> jobs = client.jobs(ids);
      assertThat(jobs.stream().filter(job -> PoolClient.attempts(job).size() > 1).toList())
          .as("exactly the leases that died have a second attempt")
          .hasSizeGreaterThanOrEqualTo(10)
          .isEqualTo(jobs.stream().filter(job -> lost(job, alice)).toList());
      assertThat(jobs).allMatch(job -> PoolClient.attempts(job).size() <= 2);
      assertThat(paid(jobs)).isEqualTo(new BigInteger("10000000000000000").multiply(big(JOBS)));
    }
  }

  private static long held(List<JsonObject> jobs, String provider) {
    return jobs.stream()
        .flatMap(job -> PoolClient.attempts(job).stream())
        .filter(attempt -> attempt.getString("provider").equals(provider))
        .filter(attempt -> attempt.getString("state").equals("LEASED"))
        .count();
  }

  private static boolean lost(JsonObject job, String provider) {
    return PoolClient.attempts(job).stream()
        .anyMatch(
            attempt ->
                attempt.getString("provider").equals(provider)
                    && attempt.getString("state").equals("EXPIRED"));
  }

  private static boolean completed(JsonObject job) {
    return job.getString("state").equals("COMPLETED");
  }

  private static BigInteger paid(List<JsonObject> jobs) {
    return jobs.stream()
        .flatMap(job -> PoolClient.receipts(job).getValuesAs(JsonObject.class).stream())
        .map(receipt -> new BigInteger(receipt.getString("amount")))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger big(int value) {
    return BigInteger.valueOf(value);
  }
}
