package dev.skep.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each example's README is typed line by line; what its last line prints must be what the same
 * program answers in a plain interpreter outside Skep.
 */
@Tag("docker")
class ExamplesIT {

  private static final Path ROOT = ShellCommand.ROOT;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final String PYTHON_CLIENT =
      """
      python3 -c '
      import json
      from skep import use_pool
      with use_pool("POOL_ID") as pool:
          parts = list(pool.stream({"digits": 205}))
          print(json.dumps(parts, separators=(",", ":")))
      '\
      """;
  private static final String NODE_CLIENT =
      """
      node --input-type=module -e '
      const { usePool } = await import(process.cwd() + "/sdk/javascript/client/index.js");
      const pool = await usePool("POOL_ID");
      const parts = [];
      for await (const part of pool.stream({ digits: 205 })) parts.push(part);
      console.log(JSON.stringify(parts));
      await pool.release();
      '\
      """;

  /** One wallet for all: a new one waits for its play money. */
  @TempDir static Path wallet;

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "csv-cleaning",
        "embeddings",
        "image-resize",
        "markdown",
        "monte-carlo",
        "pi-digits",
        "sentiment"
      })
  void shouldAnswerAsTheProgramDoesOutsideSkep(String example) throws Exception {
    Path folder = ROOT.resolve("examples").resolve(example);
    String answer = "";
    try (Terminal terminal = new Terminal(RunningQueen.shared(), ROOT, wallet)) {
      terminal.type("PATH=$PWD/bin:$PATH");
      for (Page.Step step : Page.read(folder.resolve("README.md")).steps()) {
        for (String line : step.lines()) {
          answer = terminal.type(line);
        }
      }
    }
    assertThat(answer.strip()).isNotEmpty().isEqualTo(reference(folder).strip());
  }

  @Test
  void shouldStreamToClientsOfBothLanguages() throws Exception {
    Path folder = ROOT.resolve("examples/pi-digits");
    try (Terminal terminal = new Terminal(RunningQueen.shared(), ROOT, wallet)) {
      terminal.type("export PATH=$PWD/bin:$PATH PYTHONPATH=sdk/python");
      Page.read(folder.resolve("README.md"))
          .steps()
          .get(0)
          .lines()
          .subList(0, 2)
          .forEach(terminal::type);
      terminal.type("export SKEP_TOKEN=$(script wallet token)");

      assertThat(terminal.type(PYTHON_CLIENT).strip()).isEqualTo(reference(folder).strip());
      assertThat(terminal.type(NODE_CLIENT).strip()).isEqualTo(reference(folder).strip());
    }
  }

  private String reference(Path folder) throws IOException {
    boolean node = Files.exists(folder.resolve("job.mjs"));
    String input = "@" + folder.resolve("input.json");
    return node
        ? run(javaScript(folder), Map.of(), "node", "job.mjs", "--input", input)
        : run(folder, python(folder), "python3", "job.py", "--input", input);
  }

  /** The SDK, and what the example depends on, beside each other. */
  private Map<String, String> python(Path folder) {
    Map<String, String> environment = new HashMap<>();
    Path packages = scratch.resolve("packages");
    Path requirements = folder.resolve("requirements.txt");
    if (Files.exists(requirements)) {
      run(ROOT, Map.of(), "pip", "install", "-q", "-t", "" + packages, "-r", "" + requirements);
    }
    environment.put("PYTHONPATH", ROOT.resolve("sdk/python") + ":" + packages);
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    return environment;
  }

  private Path javaScript(Path folder) throws IOException {
    Path copy = Files.createDirectory(scratch.resolve("node"));
    for (String file : List.of("package.json", "job.mjs")) {
      Files.copy(folder.resolve(file), copy.resolve(file));
    }
    run(copy, Map.of(), "npm", "install", "--silent", "--no-audit", "--no-fund");
    Files.createSymbolicLink(copy.resolve("node_modules/sdk"), ROOT.resolve("sdk/javascript"));
    return copy;
  }

  private static String run(Path folder, Map<String, String> environment, String... command) {
    return ShellCommand.run(folder, environment, LIMIT, List.of(command)).succeeded();
  }
}
