package dev.skep.provider.docker;

import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.image.ImageRef;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.ModelMount;
import dev.skep.provider.runtime.Resources;
import dev.skep.provider.runtime.WarmSlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The seed's own program in the real sandbox; run by examples/ner/test.sh, which makes its image
 * and its model.
 */
@Tag("docker")
class NerExample {

  private static final Resources ROOMY = new Resources(1000, 1L << 30, 64, 64L << 20);

  @Test
  void shouldTagWolfgangAndBerlin() throws IOException {
    Path ner = Path.of(System.getProperty("skep.examples"), "ner");
    byte[] program = Files.readAllBytes(ner.resolve("job.py"));
    JobSpec spec =
        new JobSpec(
            program,
            JobSpec.sha256(program),
            ImageRef.parse("ner"),
            ROOMY,
            List.of(new ModelMount("dslim/bert-base-NER", ner.resolve("model"))),
            1 << 20,
            Duration.ofMinutes(5));
    try (DockerRuntime runtime = DockerRuntime.open(DockerSettings.standard());
        WarmSlot slot = runtime.start(aSlot(), spec)) {
      JobOutcome outcome = slot.run(anAttempt(), json("{}"), Duration.ofMinutes(1));
      assertThat(outcome.ok()).as("%s %s", outcome.problem(), outcome.log()).isTrue();
      assertThat(outcome.output())
          .asString()
          .containsPattern("\"entity\":\"B-PER\"[^}]*\"word\":\"Wolfgang\"")
          .containsPattern("\"entity\":\"B-LOC\"[^}]*\"word\":\"Berlin\"");
      System.out.printf(
          "%d us: %s%n", outcome.runMicros(), new String(outcome.output(), StandardCharsets.UTF_8));
    }
  }
}
