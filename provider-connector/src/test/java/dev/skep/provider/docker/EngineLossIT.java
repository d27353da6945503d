package dev.skep.provider.docker;

import static dev.skep.provider.runtime.JobRuntimeContract.assertFault;
import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.echo;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.image.ImagePolicy;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.WarmSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Docker stops in the middle of the work and comes back. */
@Tag("docker")
class EngineLossIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Path folder;
  private EngineProxy proxy;
  private DockerRuntime runtime;
  private final DockerEngine direct = DockerEngine.at(null);

  @BeforeEach
  void open() throws IOException {
    folder = Files.createTempDirectory("skepit");
    proxy = new EngineProxy(folder);
    runtime =
        DockerRuntime.open(
            new DockerSettings(proxy.address(), folder.resolve("s"), ImagePolicy.DEFAULT));
  }

  @AfterEach
  void close() throws IOException {
    runtime.close();
    proxy.close();
    direct.close();
  }

  @Test
  void shouldKeepAnsweringFromWarmSlotsWhileTheEngineIsAway() throws IOException {
    try (WarmSlot slot = runtime.start(aSlot(), echo())) {
      proxy.cut();
      assertThat(slot.run(anAttempt(), json("1"), LIMIT).ok()).isTrue();
      assertThat(slot.alive()).isTrue();
      proxy.restore();
    }
  }

  @Test
  void shouldBlameTheProviderAndRecoverWhenTheEngineIsAway() throws IOException {
    proxy.cut();
    assertThatThrownBy(() -> runtime.start(aSlot(), echo()))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("runtime-unavailable");
              assertThat(e.fault()).isEqualTo(Fault.PROVIDER);
              assertThat(e.isRetryable()).isTrue();
              assertThat(e.hint()).contains("Docker");
            });
    assertThat(runtime.findings()).extracting(f -> f.code()).containsExactly("engine-unavailable");
    proxy.restore();
    try (WarmSlot slot = runtime.start(aSlot(), echo())) {
      assertThat(slot.run(anAttempt(), json("1"), LIMIT).ok()).isTrue();
    }
  }

  @Test
  void shouldRemoveContainersOnceTheEngineIsBack() throws IOException {
    WarmSlot slot = runtime.start(aSlot(), job("", "while True: pass"));
    proxy.cut();
    assertFault(slot.run(anAttempt(), json("1"), Duration.ofMillis(200)), "run-limit", Fault.JOB);
    slot.close();
    assertThat(exists(slot)).isTrue();
    proxy.restore();
    await().atMost(Duration.ofMinutes(2)).until(() -> !exists(slot));
  }

  @Test
  void shouldBlameTheProviderWhenAStoppingEngineEndsTheContainer() {
    // What an engine that stops does to its containers: SIGTERM, hence exit 143.
    assertRetryable(
        container ->
            direct.call(docker -> docker.killContainerCmd(container).withSignal("TERM").exec()));
  }

  @Test
  void shouldBlameTheProviderWhenTheContainerIsRemovedFromOutside() {
    assertRetryable(
        container ->
            direct.call(docker -> docker.removeContainerCmd(container).withForce(true).exec()));
  }

  private void assertRetryable(Consumer<String> end) {
    try (WarmSlot slot = runtime.start(aSlot(), job("", "import time; time.sleep(600)"))) {
      var killed = CompletableFuture.runAsync(() -> end.accept(slot.containerId()));
      JobOutcome outcome = slot.run(anAttempt(), json("1"), LIMIT);
      assertFault(outcome, "runtime-unavailable", Fault.PROVIDER);
      assertThat(outcome.problem().retryable()).isTrue();
      assertThat(slot.alive()).isFalse();
      killed.join();
    }
  }

  private boolean exists(WarmSlot slot) {
    return direct.call(docker -> docker.listContainersCmd().withShowAll(true).exec()).stream()
        .anyMatch(container -> container.getId().equals(slot.containerId()));
  }
}
