package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.echo;
import static dev.skep.provider.runtime.Programs.javaScript;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.image.ImagePolicy;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobRuntimeContract;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.WarmSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same promises where no socket reaches into containers. */
@Tag("docker")
class StdioRuntimeIT implements JobRuntimeContract {

  private static DockerRuntime runtime;

  @BeforeAll
  static void open() {
    runtime = DockerRuntime.open(DockerSettings.standard().with(WorkerIo.STDIO));
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  @Override
  public JobRuntime runtime() {
    return runtime;
  }

  private static JobOutcome runOnce(JobSpec spec) {
    try (WarmSlot slot = runtime.start(aSlot(), spec)) {
      return slot.run(anAttempt(), json("1"), LIMIT);
    }
  }

  @Test
  void shouldKeepFramesWholeWhateverAProgramDoesToItsDescriptors() {
    JobOutcome outcome =
        runOnce(
            job(
                "",
                """
                import os, subprocess, sys
                os.write(1, b"one ")
                os.write(2, b"two ")
                subprocess.run([sys.executable, "-c", "print('three', end=' ')"])
                return len(os.read(0, 10))"""));
    assertThat(outcome.output()).asString().isEqualTo("0");
    assertThat(outcome.log()).isEqualTo("one two three ");
  }

  @Test
  void shouldKeepFramesWholeWhateverAJavaScriptProgramPrints() {
    JobOutcome outcome =
        runOnce(
            javaScript(
                """
                import { writeSync } from 'node:fs';
                import { createJob } from 'sdk';
                createJob((input) => {
                  console.log('one');
                  process.stdout.write('two');
                  writeSync(1, 'three');
                  return input;
                });
                """));
    assertThat(outcome.ok()).as("%s", outcome.problem()).isTrue();
    assertThat(outcome.log()).startsWith("one\ntwo");
  }

  @Test
  void shouldFindOutByItselfThatNoSocketReachesIn() throws IOException {
    Path folder = Files.createTempDirectory("skepit").resolve("s");
    AtomicBoolean over = new AtomicBoolean();
    Thread thief = new Thread(() -> removeSockets(folder, over), "no-sockets");
    thief.start();
    try (DockerRuntime auto =
            DockerRuntime.open(new DockerSettings(null, folder, ImagePolicy.DEFAULT));
        WarmSlot slot = auto.start(aSlot(), echo())) {
      assertThat(slot.run(anAttempt(), json("1"), LIMIT).ok()).isTrue();
      assertThat(auto.io()).isEqualTo(WorkerIo.STDIO);
    } finally {
      over.set(true);
    }
  }

  /** As Docker Desktop does: the folder is there in the container, the socket in it is not. */
  private static void removeSockets(Path folder, AtomicBoolean over) {
    while (!over.get()) {
      try (Stream<Path> slots = Files.list(folder)) {
        for (Path slot : slots.toList()) {
          Files.deleteIfExists(slot.resolve("run").resolve("s"));
        }
        Thread.sleep(2);
      } catch (IOException e) {
        Thread.onSpinWait(); // the folder comes and goes
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Test
  void shouldTakeTheSocketWhereItWorks() {
    try (DockerRuntime auto = DockerRuntime.open(DockerSettings.standard());
        WarmSlot slot = auto.start(aSlot(), echo())) {
      assertThat(slot.alive()).isTrue();
      assertThat(auto.io()).isEqualTo(WorkerIo.SOCKET);
    }
  }
}
