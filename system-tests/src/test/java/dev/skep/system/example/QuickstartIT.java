package dev.skep.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has never seen Skep does what the quickstart says, in both languages. */
@Tag("docker")
class QuickstartIT {

  private static final Path ROOT = ShellCommand.ROOT;

  @TempDir Path scratch;

  @Test
  void shouldWorkWordByWord() throws Exception {
    Path project = projectFolder();
    Path hello = project.resolve("hello");
    String seen = "";
    try (Terminal terminal =
        new Terminal(RunningQueen.shared(), project, scratch.resolve("home"))) {
      for (Page.Step step : Page.read(ROOT.resolve("docs/quickstart.md")).steps()) {
        switch (step.kind()) {
          case FILE -> Files.writeString(hello.resolve(step.file()), step.text());
          case TYPE -> seen = typed(terminal, step);
          case SEE -> assertThat(seen).as("what the last line printed").startsWith(step.text());
        }
      }
    }
  }

  private static String typed(Terminal terminal, Page.Step step) {
    String seen = "";
    for (String line : step.lines()) {
      seen = terminal.type(line);
    }
    return seen;
  }

  /** The project as the page's reader has it, with room for a folder of his own. */
  private Path projectFolder() throws IOException {
    Path project = Files.createDirectory(scratch.resolve("project"));
    for (String part : new String[] {"bin", "sdk"}) {
      Files.createSymbolicLink(project.resolve(part), ROOT.resolve(part));
    }
    return project;
  }
}
