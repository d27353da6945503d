package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.echo;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.runtime.WarmSlot;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints what a warm call costs; fails when a warm call is not warm, or above a given bound. */
@Tag("docker")
class WarmCallBenchIT {

  private static final int CALLS = 20_000;
  private static final long MOST_MICROS = Long.getLong("skep.bench.warmMicros", 50_000);

  @Test
  void shouldAnswerWarmCallsInFarLessThanAStart() {
    byte[] input = json("\"" + "x".repeat(1022) + "\"");
    long started = System.nanoTime();
    try (DockerRuntime runtime = DockerRuntime.open(DockerSettings.standard());
        WarmSlot slot = runtime.start(aSlot(), echo())) {
      long startMillis = (System.nanoTime() - started) / 1_000_000;
      long[] nanos = new long[CALLS];
      for (int i = 0; i < CALLS; i++) {
        long before = System.nanoTime();
        assertThat(slot.run(anAttempt(), input, Duration.ofMinutes(1)).ok()).isTrue();
        nanos[i] = System.nanoTime() - before;
      }
      long[] warm = Arrays.copyOfRange(nanos, CALLS / 2, CALLS);
      Arrays.sort(warm);
      long p50 = warm[warm.length / 2] / 1000;
      System.out.printf(
          "warm call of 1024 bytes: p50 %d us, p99 %d us; first start %d ms%n",
          p50, warm[warm.length * 99 / 100] / 1000, startMillis);
      assertThat(p50).isLessThanOrEqualTo(MOST_MICROS);
    }
  }
}
