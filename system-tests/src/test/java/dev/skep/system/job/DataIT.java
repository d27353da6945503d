package dev.skep.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A job with files of its owner: what travels, what is shared, and that nobody writes to it. */
@Tag("docker")
class DataIT {
  private static final byte[] LARGE = random(5_000_000);

  private static final String POOL =
      """
      name: data
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      slots: 2
      data: [{name: things, path: ./things}]
      models: [{name: some/model, path: ./model}]
      """;

  private static final String PROGRAM =
      """
      import hashlib, os
      from sdk import create_job, define_init

      def digest(path):
          return hashlib.sha256(open(path, "rb").read()).hexdigest()

      def write(path):
          try:
              open(path, "ab").write(b"x")
              return "written"
          except OSError as e:
              return "refused"

      def job(input):
          models = os.environ["HF_HOME"] + "/hub/models--some--model"
          snapshot = models + "/snapshots/" + open(models + "/refs/main").read()
          return {
              "large": digest("/data/things/deep/large.bin"),
              "model": open(snapshot + "/config.json").read(),
              "append": write("/data/things/deep/large.bin"),
              "create": write("/data/things/new"),
          }
      create_job(job)
      """;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void shouldGiveJobsTheFilesOfTheirOwnerOnceForAllSlotsAndReadOnly() throws Exception {
    Map<String, byte[]> files =
        Map.of(
            "pool.yml", POOL.getBytes(StandardCharsets.UTF_8),
            "job.py", PROGRAM.getBytes(StandardCharsets.UTF_8),
            "things/deep/large.bin", LARGE,
            "things/note.txt", "a note".getBytes(StandardCharsets.UTF_8),
            "model/config.json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), "job.py", files)) {
      PoolClient client = bench.client();
      bench.join("alice", 2);
      bench.awaitWarm(client, 2);

      JsonObject answer = PoolClient.object(client.call("{}").body());
      assertThat(answer.getString("large")).isEqualTo(sha256(LARGE));
      assertThat(answer.getString("model")).isEqualTo("{\"a\":1}");
      assertThat(answer.getString("append")).isEqualTo("refused");
      assertThat(answer.getString("create")).isEqualTo("refused");
      assertThat(contents(bench.homeOf("alice"))).hasSize(3).contains(sha256(LARGE));
    }
  }

  private static Set<String> contents(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("cache/data/files"))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of()
        .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
