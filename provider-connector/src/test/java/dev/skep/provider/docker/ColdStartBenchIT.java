package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.echo;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.runtime.WarmSlot;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * From nothing to the first answer, against {@code docker run --rm} of the same image, taken in
 * turns so that both see the same machine.
 */
@Tag("docker")
class ColdStartBenchIT {

  private static final int ROUNDS = Integer.getInteger("skep.bench.rounds", 7);
  private static final double MOST = 1.5;
  private static final List<String> DOCKER_RUN =
      List.of(
          "docker",
          "run",
          "--rm",
          "--network",
          "none",
          "--entrypoint",
          "python3",
          "skep/python",
          "-c",
          "pass");

  @Test
  void shouldAnswerFirstInAtMostOneAndAHalfDockerRuns() throws Exception {
    long[] ours = new long[ROUNDS];
    long[] dockers = new long[ROUNDS];
    double[] ratios = new double[ROUNDS]; // of what ran one after the other, under the same load
    try (DockerRuntime runtime = DockerRuntime.open(DockerSettings.standard())) {
      coldStart(runtime); // the classes of this JVM are no part of it
      for (int i = 0; i < ROUNDS; i++) {
        ours[i] = coldStart(runtime);
        dockers[i] = dockerRun();
        ratios[i] = ours[i] / (double) dockers[i];
      }
    }
    Arrays.sort(ratios);
    double ratio = ratios[ROUNDS / 2];
    System.out.printf(
        "cold start to first answer: median %d ms; docker run --rm: median %d ms; ratio %.2f%n",
        median(ours), median(dockers), ratio);
    assertThat(ratio).isLessThanOrEqualTo(MOST);
  }

  private static long coldStart(DockerRuntime runtime) {
    long begin = System.nanoTime();
    try (WarmSlot slot = runtime.start(aSlot(), echo())) {
      assertThat(slot.run(anAttempt(), json("1"), Duration.ofMinutes(1)).ok()).isTrue();
      return (System.nanoTime() - begin) / 1_000_000;
    }
  }

  private static long dockerRun() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process run = new ProcessBuilder(DOCKER_RUN).inheritIO().start();
    assertThat(run.waitFor()).isZero();
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static long median(long[] millis) {
    long[] sorted = millis.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
