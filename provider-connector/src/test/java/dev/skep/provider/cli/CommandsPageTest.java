package dev.skep.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code docs/commands.md} is generated from the commands' own help. Run with {@code -Ddocs.write}
 * to write it anew.
 */
class CommandsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "commands.md");

  @Test
  void shouldShowEveryCommandAsItsHelpDoes() throws IOException {
    String page = page();
    if (System.getProperty("docs.write") != null) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as(
            "docs/commands.md is stale: mvn -pl provider-connector -am test"
                + " -Dtest=CommandsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write")
        .isEqualTo(page);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldGiveAnExampleWithEveryCommand(String name) {
    assertThat(String.join("\n", command(name).getCommandSpec().usageMessage().footer()))
        .as(name)
        .contains("Example");
  }

  @ParameterizedTest
  @MethodSource("answering")
  void shouldAnswerInJsonWhenAsked(String name) {
    assertThat(command(name).getCommandSpec().findOption("--json")).as(name).isNotNull();
  }

  /** All but groups, which only help, and the script for a shell. */
  static Stream<String> answering() {
    return commands().stream()
        .filter(c -> c.getSubcommands().isEmpty())
        .map(CommandsPageTest::name)
        .filter(name -> !name.equals("skep completion"));
  }

  static Stream<String> names() {
    return commands().stream().map(CommandsPageTest::name);
  }

  private static CommandLine command(String name) {
    return commands().stream().filter(c -> name(c).equals(name)).findFirst().orElseThrow();
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder("# Commands\n\nGenerated from each command's `--help`; do not edit.\n\n");
    commands().forEach(c -> page.append("- [%s](#%s)\n".formatted(name(c), anchor(c))));
    commands().forEach(c -> page.append(section(c)));
    return page.toString();
  }

  private static String section(CommandLine command) {
    String help =
        command
            .getUsageMessage(Ansi.OFF)
            .lines()
            .map(String::stripTrailing)
            .reduce("", (all, line) -> all + line + "\n");
    return "\n## %s\n\n```\n%s```\n".formatted(name(command), help.strip() + "\n");
  }

  private static String anchor(CommandLine command) {
    return name(command).replace(' ', '-');
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  /** The root, then depth first; without aliases. */
  private static Collection<CommandLine> commands() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Surroundings none =
        new Surroundings(
            Map.of(),
            new ByteArrayInputStream(new byte[0]),
            nowhere,
            nowhere,
            InstantSource.system(),
            (contracts, rpc) -> {
              throw new AssertionError("help needs no chain");
            });
    return below(new SkepCli(none).commandLine());
  }

  private static Collection<CommandLine> below(CommandLine command) {
    Collection<CommandLine> all = new LinkedHashSet<>();
    all.add(command);
    command.getSubcommands().values().forEach(sub -> all.addAll(below(sub)));
    return all;
  }
}
