package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.echo;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.skep.protocol.id.SlotId;
import dev.skep.provider.image.ImagePolicy;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.worker.Owner;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever happens to a connector, in the end nothing of it is left on the machine. */
@Tag("docker")
class LeftoversIT {

  private final DockerEngine engine = DockerEngine.at(null);
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("skepit").resolve("s");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private DockerRuntime open() {
    return DockerRuntime.open(settings(folder));
  }

  private static DockerSettings settings(Path folder) {
    return new DockerSettings(null, folder, ImagePolicy.DEFAULT);
  }

  @Test
  void shouldLabelWhatItMakesAndRemoveItWhenClosed() throws IOException {
    SlotId slot = aSlot();
    try (DockerRuntime runtime = open()) {
      runtime.start(slot, echo());
      Container container = ofSlot(slot).get(0);
      assertThat(container.getLabels())
          .containsEntry(Labels.OWNER, Owner.self().text())
          .containsKey(Labels.DEADLINE);
      assertThat(children()).hasSize(1);
    }
    assertThat(ofSlot(slot)).isEmpty();
    assertThat(children()).isEmpty();
  }

  @Test
  void shouldLeaveTheContainersOfALivingConnectorAlone() {
    try (DockerRuntime one = open();
        WarmSlot slot = one.start(aSlot(), echo())) {
      open().close();
      assertThat(slot.run(anAttempt(), json("1"), Duration.ofMinutes(1)).ok()).isTrue();
    }
  }

  private Process connector(Class<?> program) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void shouldLeaveNothingBehindWhenTheConnectorIsKilled() throws Exception {
    Process connector = connector(BusyConnector.class);
    try (BufferedReader out = connector.inputReader()) {
      String containerId = out.readLine();
      assertThat(isRunning(containerId)).isTrue();
      connector.destroyForcibly().waitFor();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !isRunning(containerId)); // the worker left by itself
      open().close();
      assertThat(exists(containerId)).isFalse();
      assertThat(children()).isEmpty();
    } finally {
      connector.destroyForcibly();
    }
  }

  @Test
  void shouldRemoveWhatAKilledConnectorLeftFrozen() throws Exception {
    Process connector = connector(RestingConnector.class);
    try (BufferedReader out = connector.inputReader()) {
      String containerId = out.readLine();
      connector.destroyForcibly().waitFor();
      assertThat(exists(containerId)).isTrue();
      open().close();
      assertThat(exists(containerId)).isFalse();
    } finally {
      connector.destroyForcibly();
    }
  }

  /** A connector without jobs: what stands still cannot leave by itself. */
  static final class RestingConnector {
    public static void main(String[] arguments) throws InterruptedException {
      WarmSlot slot = DockerRuntime.open(settings(Path.of(arguments[0]))).start(aSlot(), echo());
      slot.freeze();
      System.out.println(slot.containerId());
      Thread.sleep(600_000);
    }
  }

  /** A connector in the middle of a job. */
  static final class BusyConnector {
    public static void main(String[] arguments) {
      WarmSlot slot =
          DockerRuntime.open(settings(Path.of(arguments[0])))
              .start(aSlot(), job("", "while True: pass"));
      System.out.println(slot.containerId());
      slot.run(anAttempt(), json("1"), Duration.ofMinutes(10));
    }
  }

  private boolean isRunning(String containerId) {
    return Boolean.TRUE.equals(
        engine
            .call(docker -> docker.inspectContainerCmd(containerId).exec())
            .getState()
            .getRunning());
  }

  private boolean exists(String containerId) {
    try {
      engine.call(docker -> docker.inspectContainerCmd(containerId).exec());
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private List<Container> ofSlot(SlotId slot) {
    var label = List.of(Labels.SLOT + "=" + slot);
    return engine.call(
        docker -> docker.listContainersCmd().withShowAll(true).withLabelFilter(label).exec());
  }

  private List<Path> children() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
