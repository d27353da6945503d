package dev.skep.system.server;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One person at a terminal: {@code bin/script} with a wallet of its own. */
public final class CommandLine {

  private final Path skepHome;
  private final URI queen;
  private final Map<String, String> more;

  public CommandLine(Path skepHome, URI queen) {
    this(skepHome, queen, Map.of());
  }

  private CommandLine(Path skepHome, URI queen, Map<String, String> more) {
    this.skepHome = skepHome;
    this.queen = queen;
    this.more = more;
  }

  /** The same person with more in the environment. */
  public CommandLine with(Map<String, String> environment) {
    return new CommandLine(skepHome, queen, environment);
  }

  public ShellCommand.Result script(String... arguments) {
    return ShellCommand.run(environment(), Duration.ofMinutes(4), command(arguments));
  }

  /** The JSON a command with {@code --json} prints; the command must succeed. */
  public JsonStructure json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    String out = script(all.toArray(String[]::new)).succeeded();
    try (JsonReader reader = Json.createReader(new StringReader(out))) {
      return reader.read();
    }
  }

  /** Starts a long-running command, such as {@code pool join}; its output goes to a log file. */
  public Process start(String... arguments) {
    try {
      Files.createDirectories(skepHome);
      Path log = Files.createTempFile(skepHome, "command", ".log");
      return ShellCommand.builder(environment(), command(arguments), log, log).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(
        Map.of("MNEMONIC", "", "SKEP_HOME", skepHome.toString(), "SKEP_QUEEN", queen.toString()));
    return all;
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("bin/script"));
    command.addAll(List.of(arguments));
    return command;
  }
}
