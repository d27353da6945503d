package dev.skep.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.provider.image.ImagePolicy;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EngineCheckTest {

  @Test
  void shouldJudgeHowMuchRoomImagesHave() {
    assertThat(EngineCheck.room(6L << 30, "").severity()).isEqualTo(Severity.INFO);
    assertThat(EngineCheck.room(4L << 30, "").severity()).isEqualTo(Severity.WARNING);
    assertThat(EngineCheck.room(1L << 20, "").severity()).isEqualTo(Severity.BLOCKING);
    assertThat(EngineCheck.room("/no/such/folder")).isEmpty();
  }

  @Test
  void shouldFindThatNoEngineAnswers() {
    DockerSettings nowhere =
        new DockerSettings(
            URI.create("unix:///no/such.sock"), Path.of("/tmp/none"), ImagePolicy.DEFAULT);
    assertThat(new EngineCheck(nowhere).look())
        .extracting(Finding::code)
        .containsExactly("engine-unavailable");
  }
}
