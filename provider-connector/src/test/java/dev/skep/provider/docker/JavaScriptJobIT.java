package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.javaScript;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.WarmSlot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JavaScript in the real sandbox: the image {@code node}, its worker, its errors. */
@Tag("docker")
class JavaScriptJobIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static DockerRuntime runtime;

  @BeforeAll
  static void open() {
    runtime = DockerRuntime.open(DockerSettings.standard());
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  private static JobOutcome runOnce(String program, String input) {
    try (WarmSlot slot = runtime.start(aSlot(), javaScript(program))) {
      return slot.run(anAttempt(), json(input), LIMIT);
    }
  }

  @Test
  void shouldKeepWhatInitLoadedForEveryJob() {
    String program =
        """
        import { defineInit, createJob, config } from 'sdk';
        defineInit(async () => { config.calls = 0; });
        createJob((input) => { console.log('call'); return { input, calls: ++config.calls }; });
        """;
    try (WarmSlot slot = runtime.start(aSlot(), javaScript(program))) {
      for (int i = 1; i <= 3; i++) {
        JobOutcome outcome = slot.run(anAttempt(), json("[1.50]"), LIMIT);
        assertThat(outcome.ok()).as("%s", outcome.problem()).isTrue();
        assertThat(outcome.output()).asString().isEqualTo("{\"calls\":" + i + ",\"input\":[1.5]}");
        assertThat(outcome.log()).isEqualTo("call\n");
      }
    }
  }

  @Test
  void shouldBlameTheJobWithItsOwnLineWhenItThrows() {
    JobOutcome outcome =
        runOnce(
            "import { createJob } from 'sdk';\ncreateJob(() => { throw new TypeError('boom'); });",
            "1");
    assertThat(outcome.problem()).isNotNull();
    assertThat(outcome.problem().code()).isEqualTo("job-threw");
    assertThat(outcome.problem().detail()).contains("TypeError: boom", "job.mjs:2");
  }

  @Test
  void shouldSayThatMemoryRanOutWhenTheHeapOutgrowsTheContainer() {
    JobOutcome outcome =
        runOnce(
            """
            import { createJob } from 'sdk';
            createJob(() => { const held = []; for (;;) held.push(new Array(1e5).fill(held.length)); });
            """,
            "1");
    assertThat(outcome.problem()).isNotNull();
    assertThat(outcome.problem().code()).isEqualTo("out-of-memory");
  }

  @Test
  void shouldTellThePoolsOwnerWhyAProgramDoesNotStart() {
    SkepException problem =
        catchThrowableOfType(
            SkepException.class,
            () -> runtime.start(aSlot(), javaScript("import 'left-pad';")).close());
    assertThat(problem.code()).isEqualTo("init-failed");
    assertThat(problem.getMessage()).contains("left-pad");
  }

  @Test
  void shouldKillAnEndlessLoopWhenTheJobIsCancelled() {
    String program = "import { createJob } from 'sdk';\ncreateJob(() => { for (;;); });";
    try (WarmSlot slot = runtime.start(aSlot(), javaScript(program))) {
      var attempt = anAttempt();
      var running = CompletableFuture.supplyAsync(() -> slot.run(attempt, json("1"), LIMIT));
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                slot.cancel(attempt);
                return running.isDone();
              });
      assertThat(running.join().problem().code()).isEqualTo("job-cancelled");
    }
  }
}
