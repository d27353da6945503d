package dev.skep.system.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.ArmedKill;
import dev.skep.system.server.PoolBench;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bulk work whose client, connector and server are killed on the way: the output is byte for byte
 * that of an undisturbed run, and every line is paid once.
 */
@Tag("docker")
class BulkDeathIT {
  private static final BigInteger PRICE = new BigInteger("10000000000000000");
  private static final String TWICE =
      """
      from sdk import create_job

      create_job(lambda input: {"twice": 2 * input["n"], "text": input["text"].upper()})
      """;
  private static final String POOL =
      """
      name: bulk
      image: python
      resources: {cpus: 1, memory: 128m}
      slots: 8
      perUser: 2
      price: {perJob: 0.01 SKEP}
      deposit: 990 SKEP
      verification: {policy: none, trustProviders: true}
      deadlines: {queue: 20m, run: 30s, total: 30m}
      """;

  @Test
  void shouldWriteTheSameAndPayOnceWhenClientConnectorAndServerAreKilledInOneRun()
      throws Exception {
    try (Scene scene = new Scene(2_000)) {
      byte[] undisturbed = scene.undisturbed();
      scene.assertPaid(1);

      BulkRun all = scene.run("all");
      scene.killClient(all, 200);
      scene.killConnector(all, 500);
      scene.killServer(all, 900);
      assertThat(scene.finish(all)).isEqualTo(undisturbed);
      scene.assertPaid(2);
    }
  }

  @Test
  @Tag("slow")
  void shouldWriteTheSameAndPayOnceForTwentyThousandLinesWhateverDies() throws Exception {
    try (Scene scene = new Scene(20_000)) {
      byte[] undisturbed = scene.undisturbed();

      BulkRun client = scene.run("client");
      scene.killClient(client, 2_000);
      scene.killClient(client, 10_000);
      assertThat(scene.finish(client)).isEqualTo(undisturbed);
      scene.assertPaid(2);

      BulkRun connector = scene.run("connector");
      scene.killConnector(connector, 6_000);
      assertThat(scene.finish(connector)).isEqualTo(undisturbed);
      scene.assertPaid(3);
    }
    try (Scene scene = new Scene(20_000)) {
      byte[] undisturbed = scene.undisturbed();

      BulkRun server = scene.run("server");
      scene.killServer(server, 8_000);
      assertThat(scene.finish(server)).isEqualTo(undisturbed);
      scene.assertPaid(2);

      BulkRun all = scene.run("all");
      scene.killClient(all, 3_000);
      scene.killConnector(all, 8_000);
      scene.killServer(all, 12_000);
      assertThat(scene.finish(all)).isEqualTo(undisturbed);
      scene.assertPaid(3);
    }
  }

  /** A pool with two connectors, a file of inputs, and the runs over it. */
  private static final class Scene implements AutoCloseable {
    private final RunningQueen queen = RunningQueen.shared();
    private final PoolBench bench = new PoolBench(queen, TWICE, POOL);
    private final int lines;
    private final Path inputs;
    private Process victim;
    private Process program;

    Scene(int lines) throws IOException {
      this.lines = lines;
      this.inputs = BulkRun.inputs(Files.createTempDirectory("bulk"), lines);
      victim = bench.join("alice", 2);
      bench.join("bob", 2);
      bench.awaitWarm(bench.client(), 4);
      program = victim;
    }

    BulkRun run(String name) {
      BulkRun run = BulkRun.of(bench, inputs, name);
      program = run.start();
      return run;
    }

    byte[] undisturbed() throws Exception {
      BulkRun run = run("undisturbed");
      byte[] output = finish(run);
      assertThat(run.lines())
          .isEqualTo(IntStream.range(0, lines).mapToObj(Scene::computedHere).toList());
      return output;
    }

    private static String computedHere(int n) {
      return "{\"text\":\"LINE " + n + "\",\"twice\":" + 2 * n + "}";
    }

    void killClient(BulkRun run, long after) throws Exception {
      awaitLines(run, after);
      BulkRun.kill(program);
      program = run.start();
    }

    /** Another one of the same wallet takes its place, as a person would start it again. */
    void killConnector(BulkRun run, long after) {
      awaitLines(run, after);
      victim.destroyForcibly();
      victim = bench.join("alice", 2);
    }

    void killServer(BulkRun run, long after) {
      ArmedKill kill = queen.armServerKill();
      awaitLines(run, after);
      kill.strike();
      queen.start();
    }

    private static void awaitLines(BulkRun run, long count) {
      await()
          .atMost(Duration.ofMinutes(10))
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptions()
          .until(() -> run.written() >= count);
    }

    byte[] finish(BulkRun run) throws Exception {
      run.finish(program, 15);
      return run.output();
    }

    /** All runs so far and not a receipt more: the pool's own sum is that of its receipts. */
    void assertPaid(int runs) {
      BigInteger all = PRICE.multiply(BigInteger.valueOf(lines)).multiply(BigInteger.valueOf(runs));
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(spent(bench.client().pool())).as("spent").isEqualTo(all));
    }

    private static BigInteger spent(JsonObject pool) {
      return new BigInteger(pool.getString("spent"));
    }

    @Override
    public void close() throws Exception {
      bench.close();
    }
  }
}
