package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.json;
import static dev.skep.provider.runtime.Programs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.Resources;
import dev.skep.provider.runtime.WarmSlot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A job that asks for a graphics card sees it, or its provider hears what is missing. */
@Tag("docker")
class CardsIT {
  private static final JobSpec ASKS_FOR_A_CARD =
      spec(
          """
          import os
          from sdk import create_job
          create_job(lambda input: os.path.exists("/dev/nvidia0"))
          """,
          new Resources(1000, 256L << 20, 128, 64L << 20, 1),
          List.of());

  @Test
  void shouldSeeTheLentCardOrSayThatTheToolkitIsMissing() {
    List<Card> lent = Card.first(1);
    try (DockerRuntime runtime = DockerRuntime.open(DockerSettings.standard().with(lent))) {
      if (hasToolkit()) {
        try (WarmSlot slot = runtime.start(aSlot(), ASKS_FOR_A_CARD)) {
          assertThat(slot.run(anAttempt(), json("1"), Duration.ofMinutes(1)).output())
              .asString()
              .isEqualTo("true");
        }
      } else {
        assertRefused(runtime, "gpu-toolkit-missing", "NVIDIA container toolkit");
        // The card came back when the first start failed: else this would say that none is free.
        assertRefused(runtime, "gpu-toolkit-missing", "NVIDIA container toolkit");
      }
    }
  }

  @Test
  void shouldRefuseWhenNoCardIsLent() {
    try (DockerRuntime runtime = DockerRuntime.open(DockerSettings.standard())) {
      assertRefused(runtime, "gpu-not-lent", "--gpus");
    }
  }

  private static boolean hasToolkit() {
    try (DockerEngine engine = DockerEngine.at(null)) {
      var runtimes = engine.call(docker -> docker.infoCmd().exec()).getRuntimes();
      return runtimes != null && runtimes.containsKey("nvidia");
    }
  }

  private static void assertRefused(DockerRuntime runtime, String code, String hint) {
    assertThatThrownBy(() -> runtime.start(aSlot(), ASKS_FOR_A_CARD))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.fault()).isEqualTo(Fault.PROVIDER);
              assertThat(e.isRetryable()).isFalse();
              assertThat(e.hint()).contains(hint);
            });
  }
}
