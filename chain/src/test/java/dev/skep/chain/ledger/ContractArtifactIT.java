package dev.skep.chain.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we deploy is what the sources compile to. */
class ContractArtifactIT {
  @TempDir Path folder;

  @Test
  void shouldEqualAFreshCompile() throws IOException, InterruptedException {
    Path said = folder.resolve("build.log");
    Process build =
        new ProcessBuilder(contracts().resolve("build.sh").toString(), "--check")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(build.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(build.exitValue()).as(Files.readString(said, UTF_8)).isZero();
  }

  private static Path contracts() {
    Path up = Path.of("").toAbsolutePath();
    while (up != null && !Files.exists(up.resolve("contracts/build.sh"))) {
      up = up.getParent();
    }
    assertThat(up).as("a folder above with contracts/build.sh").isNotNull();
    return up.resolve("contracts");
  }
}
