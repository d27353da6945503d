package dev.skep.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The seed's own program, typed from its page; slow, for its image has PyTorch in it and its model
 * is trained first.
 */
@Tag("docker")
@Tag("slow")
class NerIT {

  private static final Path ROOT = ShellCommand.ROOT;

  @Test
  void shouldTagAsTheProgramDoesOutsideSkep(@TempDir Path home) throws Exception {
    String answer = "";
    try (Terminal terminal = new Terminal(RunningQueen.shared(), ROOT, home)) {
      terminal.type("PATH=$PWD/bin:$PATH");
      Page page = Page.read(ROOT.resolve("examples/ner/README.md"));
      for (String line : page.steps().get(0).lines()) {
        answer = terminal.type(line);
      }
    }
    assertThat(answer)
        .containsPattern("\"entity\":\"B-PER\"[^}]*\"word\":\"Wolfgang\"")
        .containsPattern("\"entity\":\"B-LOC\"[^}]*\"word\":\"Berlin\"");
    assertThat(answer.strip()).isEqualTo(outside().strip());
  }

  private static String outside() {
    List<String> command = List.of("examples/ner/outside.sh");
    return ShellCommand.run(Map.of(), Duration.ofMinutes(2), command).succeeded();
  }
}
