package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.WarmSlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whose kernel a job sees; what gVisor gives is tried where Docker has it, and missed elsewhere.
 */
@Tag("docker")
class KernelIT {

  private static String kernelSeenBy(Kernel kernel) {
    try (DockerRuntime runtime = DockerRuntime.open(DockerSettings.standard().with(kernel));
        WarmSlot slot = runtime.start(aSlot(), job("", "return open('/proc/version').read()"))) {
      JobOutcome outcome = slot.run(anAttempt(), json("1"), Duration.ofMinutes(1));
      assertThat(outcome.ok()).as("%s", outcome.problem()).isTrue();
      return new String(outcome.output(), StandardCharsets.UTF_8);
    }
  }

  private static String own() throws IOException {
    return Files.readString(Path.of("/proc/version")).strip();
  }

  private static boolean hasGvisor() {
    try (DockerEngine engine = DockerEngine.at(null)) {
      var runtimes = engine.call(docker -> docker.infoCmd().exec()).getRuntimes();
      return runtimes != null && runtimes.containsKey(Kernel.RUNSC);
    }
  }

  @Test
  void shouldSeeThisMachinesKernelUnlessGvisorIsAskedFor() throws IOException {
    assertThat(kernelSeenBy(Kernel.HOST)).contains(own());
  }

  @Test
  void shouldPutGvisorInBetweenOrSayThatItIsMissing() throws IOException {
    if (hasGvisor()) {
      assertThat(kernelSeenBy(Kernel.GVISOR)).contains("Linux version").doesNotContain(own());
      assertThat(kernelSeenBy(Kernel.AUTO)).doesNotContain(own());
    } else {
      assertThat(kernelSeenBy(Kernel.AUTO)).contains(own());
      assertThatThrownBy(() -> kernelSeenBy(Kernel.GVISOR))
          .asInstanceOf(type(SkepException.class))
          .satisfies(
              e -> {
                assertThat(e.code()).isEqualTo("gvisor-unusable");
                assertThat(e.fault()).isEqualTo(Fault.PROVIDER);
                assertThat(e.hint()).contains("--sandbox");
              });
    }
  }
}
