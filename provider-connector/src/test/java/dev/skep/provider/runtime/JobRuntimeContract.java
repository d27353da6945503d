package dev.skep.provider.runtime;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.echo;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static dev.skep.provider.runtime.Programs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every runtime promises; the fake and Docker both run it. */
public interface JobRuntimeContract {

  Duration LIMIT = Duration.ofMinutes(1);

  JobRuntime runtime();

  private JobOutcome runOnce(JobSpec spec, String input) {
    try (WarmSlot slot = runtime().start(aSlot(), spec)) {
      return slot.run(anAttempt(), json(input), LIMIT);
    }
  }

  @Test
  default void shouldAnswerManyJobsWhileWarm() {
    try (WarmSlot slot = runtime().start(aSlot(), echo())) {
      for (int i = 0; i < 20; i++) {
        JobOutcome outcome = slot.run(anAttempt(), json("{\"n\":" + i + "}"), LIMIT);
        assertThat(outcome.ok()).as("%s", outcome.problem()).isTrue();
        assertThat(outcome.output()).asString().isEqualTo("{\"n\":" + i + "}");
      }
      assertThat(slot.alive()).isTrue();
    }
  }

  @Test
  default void shouldAnswerAgainAfterItWasFrozen() {
    try (WarmSlot slot = runtime().start(aSlot(), echo())) {
      assertThat(slot.freeze()).isTrue();
      assertThat(slot.alive()).isTrue();
      assertThat(slot.run(anAttempt(), json("1"), LIMIT).ok()).isTrue();
    }
  }

  @Test
  default void shouldKeepWhatTheJobPrinted() {
    JobOutcome outcome = runOnce(job("print hello", "print('hello')\nreturn input"), "1");
    assertThat(outcome.log()).isEqualTo("hello\n");
    assertThat(outcome.logTruncated()).isFalse();
    assertThat(outcome.output()).asString().isEqualTo("1");
  }

  @Test
  default void shouldTellPartsInOrderAndAnswerTheirArray() {
    JobSpec spec = job("part {\"a\":1}\npart [2]\npart 3", "yield {'a': 1}\nyield [2]\nyield 3");
    try (WarmSlot slot = runtime().start(aSlot(), spec)) {
      HeardEvents heard = new HeardEvents();
      JobOutcome outcome = slot.run(anAttempt(), json("1"), LIMIT, heard);
      assertThat(outcome.ok()).as("%s", outcome.problem()).isTrue();
      assertThat(heard.parts()).containsExactly("{\"a\":1}", "[2]", "3");
      assertThat(outcome.output()).asString().isEqualTo("[{\"a\":1},[2],3]");
      assertThat(slot.run(anAttempt(), json("1"), LIMIT).output()).isEqualTo(outcome.output());
    }
  }

  @Test
  default void shouldTellThePartsThatCameBeforeTheJobThrew() {
    JobSpec spec = job("part 1\nthrow boom", "yield 1\nraise ValueError('boom')");
    try (WarmSlot slot = runtime().start(aSlot(), spec)) {
      HeardEvents heard = new HeardEvents();
      assertFault(slot.run(anAttempt(), json("1"), LIMIT, heard), "job-threw", Fault.JOB);
      assertThat(heard.parts()).containsExactly("1");
      assertThat(slot.alive()).isTrue();
    }
  }

  @Test
  default void shouldBlameTheJobWhenItsPartsAreTooLargeTogether() {
    JobSpec spec = job("parts 20 100000", "for _ in range(20): yield 'x' * 99998");
    try (WarmSlot slot = runtime().start(aSlot(), spec)) {
      HeardEvents heard = new HeardEvents();
      assertFault(slot.run(anAttempt(), json("1"), LIMIT, heard), "output-too-large", Fault.JOB);
      assertThat(heard.parts()).hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  default void shouldHoldTheJobBackWhileItsListenerBlocks() {
    JobSpec spec = job("parts 3 100", "for _ in range(3): yield 'x' * 98");
    try (WarmSlot slot = runtime().start(aSlot(), spec)) {
      HeardEvents heard = new HeardEvents();
      heard.hold();
      var run = CompletableFuture.supplyAsync(() -> slot.run(anAttempt(), json("1"), LIMIT, heard));
      await().until(() -> heard.parts().size() == 1);
      assertThat(run).isNotDone();
      heard.goOn();
      assertThat(run.join().ok()).isTrue();
      assertThat(heard.parts()).hasSize(3);
    }
  }

  @Test
  default void shouldLetTheJobUseItsTmp() {
    JobSpec spec =
        job("answer 3", "open('/tmp/f', 'w').write('abc')\nreturn len(open('/tmp/f').read())");
    assertThat(runOnce(spec, "1").output()).asString().isEqualTo("3");
  }

  @Test
  default void shouldBlameTheJobAndStayWarmWhenItThrows() {
    try (WarmSlot slot = runtime().start(aSlot(), job("throw boom", "raise ValueError('boom')"))) {
      JobOutcome outcome = slot.run(anAttempt(), json("1"), LIMIT);
      assertFault(outcome, "job-threw", Fault.JOB);
      assertThat(outcome.problem().detail()).contains("boom");
      assertThat(slot.alive()).isTrue();
      assertFault(slot.run(anAttempt(), json("1"), LIMIT), "job-threw", Fault.JOB);
    }
  }

  @Test
  default void shouldBlameTheJobWhenItsAnswerIsNotJson() {
    assertFault(runOnce(job("not-json", "return float('nan')"), "1"), "output-invalid", Fault.JOB);
    assertFault(runOnce(job("not-json", "return object()"), "1"), "output-invalid", Fault.JOB);
  }

  @Test
  default void shouldBlameTheJobWhenItsAnswerIsTooLarge() {
    assertFault(
        runOnce(job("answer-bytes 2000000", "return 'x' * 2000000"), "1"),
        "output-too-large",
        Fault.JOB);
  }

  @Test
  default void shouldEndAJobThatNeverAnswers() {
    try (WarmSlot slot = runtime().start(aSlot(), job("never-answer", "while True: pass"))) {
      JobOutcome outcome = slot.run(anAttempt(), json("1"), Duration.ofMillis(300));
      assertFault(outcome, "run-limit", Fault.JOB);
      assertThat(outcome.runMicros()).isBetween(300_000L, 20_000_000L);
      assertThat(slot.alive()).isFalse();
      assertFault(slot.run(anAttempt(), json("1"), LIMIT), "slot-closed", Fault.PROVIDER);
    }
  }

  @Test
  default void shouldEndTheRunningJobWhenItIsCancelled() {
    try (WarmSlot slot = runtime().start(aSlot(), job("never-answer", "while True: pass"))) {
      AttemptRef attempt = anAttempt();
      var outcome = CompletableFuture.supplyAsync(() -> slot.run(attempt, json("1"), LIMIT));
      await()
          .until(
              () -> {
                slot.cancel(attempt);
                return outcome.isDone();
              });
      assertFault(outcome.join(), "job-cancelled", Fault.CALLER);
      assertThat(slot.alive()).isFalse();
    }
  }

  @Test
  default void shouldIgnoreTheCancelOfAnotherJob() {
    try (WarmSlot slot = runtime().start(aSlot(), echo())) {
      slot.cancel(anAttempt());
      assertThat(slot.run(anAttempt(), json("1"), LIMIT).ok()).isTrue();
    }
  }

  @Test
  default void shouldBlameTheJobAndDieWhenItRunsOutOfMemory() {
    JobSpec hungry =
        job("out-of-memory", "x = [bytearray(1 << 20) for _ in range(1000)]\nreturn len(x)");
    try (WarmSlot slot = runtime().start(aSlot(), hungry)) {
      assertFault(slot.run(anAttempt(), json("1"), LIMIT), "out-of-memory", Fault.JOB);
      assertThat(slot.alive()).isFalse();
    }
  }

  @Test
  default void shouldBlameTheJobWhenItEndsItsProcess() {
    assertFault(runOnce(job("exit 3", "import os\nos._exit(3)"), "1"), "job-exited", Fault.JOB);
  }

  @Test
  default void shouldRefuseAProgramWhoseInitThrows() {
    JobSpec broken =
        spec(
            "#fake fail-init no model\nfrom sdk import *\ndef load(): raise OSError('no model')\ndefine_init(load)\ncreate_job(len)\n");
    assertThatThrownBy(() -> runtime().start(aSlot(), broken))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("init-failed");
              assertThat(e.fault()).isEqualTo(Fault.JOB);
              assertThat(e).hasMessageContaining("no model");
            });
  }

  @Test
  default void shouldRefuseAProgramThatIsNotThePools() {
    JobSpec echo = echo();
    JobSpec swapped =
        new JobSpec(
            json("create_job(print)"),
            echo.programSha256(),
            echo.image(),
            echo.resources(),
            echo.mounts(),
            echo.maxOutputBytes(),
            echo.initLimit());
    assertThatThrownBy(() -> runtime().start(aSlot(), swapped))
        .asInstanceOf(type(SkepException.class))
        .returns("program-mismatch", SkepException::code);
  }

  @Test
  default void shouldGiveEachSlotAContainerOfItsOwn() {
    try (WarmSlot one = runtime().start(aSlot(), echo());
        WarmSlot two = runtime().start(aSlot(), echo())) {
      assertThat(one.containerId()).isNotEqualTo(two.containerId());
    }
  }

  @Test
  default void shouldRunOneJobAtATimeWhenTwoArrive() {
    try (WarmSlot slot =
        runtime().start(aSlot(), job("run-for 20", "import time; time.sleep(.02)\nreturn input"))) {
      var first = CompletableFuture.supplyAsync(() -> slot.run(anAttempt(), json("1"), LIMIT));
      JobOutcome second = slot.run(anAttempt(), json("2"), LIMIT);
      assertThat(first.join().output()).asString().isEqualTo("1");
      assertThat(second.output()).asString().isEqualTo("2");
    }
  }

  @Test
  default void shouldAnswerSlotClosedOnceClosed() {
    WarmSlot slot = runtime().start(aSlot(), echo());
    slot.close();
    slot.close();
    assertThat(slot.alive()).isFalse();
    assertFault(slot.run(anAttempt(), json("1"), LIMIT), "slot-closed", Fault.PROVIDER);
  }

  static void assertFault(JobOutcome outcome, String code, Fault fault) {
    assertThat(outcome.ok()).isFalse();
    assertThat(outcome.problem()).isNotNull();
    assertThat(outcome.problem().code()).as("%s", outcome.problem()).isEqualTo(code);
    assertThat(outcome.problem().fault()).isEqualTo(fault);
    assertThat(outcome.problem().hint()).as("hint").isNotBlank();
    assertThat(outcome.output()).isEmpty();
  }
}
