package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static dev.skep.provider.runtime.Programs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.slot.Keeping;
import dev.skep.provider.slot.SeatListener;
import dev.skep.provider.slot.Seats;
import dev.skep.provider.slot.Work;
import dev.skep.provider.stream.JobStreams;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Containers that rest, and the spare one, with the time each takes to answer again. */
@Tag("docker")
class RestingIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int ROUNDS = 5;

  /** Ends its process at the second job, and says how many jobs it has seen. */
  private static final JobSpec MORTAL =
      spec(
          """
          import os
          from sdk import create_job
          seen = []
          def run(input):
              seen.append(input)
              if len(seen) == 2:
                  os._exit(3)
              return len(seen)
          create_job(run)
          """);

  private static DockerEngine engine;
  private static DockerRuntime runtime;

  @BeforeAll
  static void open() {
    engine = DockerEngine.at(null);
    runtime = DockerRuntime.open(DockerSettings.standard());
  }

  @AfterAll
  static void close() {
    runtime.close();
    engine.close();
  }

  private static boolean stands(String container) {
    return Boolean.TRUE.equals(
        engine.call(docker -> docker.inspectContainerCmd(container).exec()).getState().getPaused());
  }

  @Test
  void shouldStandStillUntilItsNextJob() {
    long[] asleep = new long[ROUNDS];
    long[] awake = new long[ROUNDS];
    WarmSlot slot = runtime.start(aSlot(), job("", "return input"));
    try (slot) {
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(slot.freeze()).isTrue();
        assertThat(stands(slot.containerId())).isTrue();
        asleep[i] = call(slot);
        assertThat(stands(slot.containerId())).isFalse();
        awake[i] = call(slot);
      }
      assertThat(slot.freeze()).isTrue();
    }
    await().atMost(LIMIT).until(() -> isGone(slot.containerId()));
    System.out.printf(
        "a call: median %d us; of a frozen container: median %d us%n",
        median(awake), median(asleep));
  }

  private static long call(WarmSlot slot) {
    long begin = System.nanoTime();
    assertThat(slot.run(anAttempt(), json("1"), LIMIT).ok()).isTrue();
    return (System.nanoTime() - begin) / 1000;
  }

  private static boolean isGone(String container) {
    try {
      engine.call(docker -> docker.inspectContainerCmd(container).exec());
      return false;
    } catch (NotFoundException e) {
      return true;
    }
  }

  @Test
  void shouldAnswerSoonerAfterADeathWithASpareAndAlwaysFromAFreshStart() throws Exception {
    long without = medianWait(false);
    long with = medianWait(true);
    System.out.printf(
        "from a death to the next answer: median %d ms; with a spare: median %d ms%n",
        without / 1000, with / 1000);
    assertThat(with).isLessThan(without);
  }

  /** Microseconds from the death of a container to the answer of the job that waited behind it. */
  private static long medianWait(boolean spare) throws InterruptedException {
    BlockingQueue<AttemptResult> results = new LinkedBlockingQueue<>();
    Seats.Manner manner =
        new Seats.Manner(2, new Keeping(Keeping.NEVER, Keeping.NEVER, fits -> spare));
    long[] waits = new long[ROUNDS];
    try (Seats seats = new Seats(runtime, JobStreams.NONE, manner, heard(results))) {
      SlotId slot = Work.slots(1).get(0);
      seats.assign(List.of(slot), MORTAL);
      seats.offer(Work.offer(slot));
      assertThat(text(take(results))).isEqualTo("1");
      for (int i = 0; i < ROUNDS; i++) {
        await().atMost(LIMIT).until(() -> isReady(seats, spare));
        waits[i] = die(seats, slot, results);
      }
    }
    return median(waits);
  }

  private static SeatListener heard(BlockingQueue<AttemptResult> results) {
    return new SeatListener() {
      @Override
      public void finished(AttemptResult result) {
        results.add(result);
      }

      @Override
      public void changed() {}
    };
  }

  private static boolean isReady(Seats seats, boolean spare) {
    return seats.states().get(0).state() == SlotState.WARM && seats.hasSpare() == spare;
  }

  private static long die(Seats seats, SlotId slot, BlockingQueue<AttemptResult> results)
      throws InterruptedException {
    seats.offer(Work.offer(slot));
    seats.offer(Work.offer(slot));
    assertThat(take(results).problem().code()).isEqualTo("job-exited");
    long dead = System.nanoTime();
    assertThat(text(take(results))).as("nothing of another's state").isEqualTo("1");
    return (System.nanoTime() - dead) / 1000;
  }

  private static AttemptResult take(BlockingQueue<AttemptResult> results)
      throws InterruptedException {
    AttemptResult result = results.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(result).isNotNull();
    return result;
  }

  private static String text(AttemptResult result) {
    assertThat(result.ok()).as("%s", result.problem()).isTrue();
    return new String(result.output(), StandardCharsets.UTF_8);
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
