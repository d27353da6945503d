package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code pip} or {@code npm} of this machine, with the settings its user gave it. */
final class Tool {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int MOST_SAID = 256 * 1024;

  private final String name;
  private final List<String> program;

  private Tool(String name, List<String> program) {
    this.name = name;
    this.program = program;
  }

  static Tool pip() {
    return new Tool("pip", List.of("python3", "-m", "pip"));
  }

  static Tool npm() {
    return new Tool("npm", List.of("npm"));
  }

  /** How a run ended and what it said, the errors first. */
  record Ran(int exit, String said) {
    boolean isGood() {
      return exit == 0;
    }
  }

  /** Runs it in a folder; what it says goes to files, so that it never waits for a reader. */
  Ran run(Path folder, List<String> arguments) {
    try {
      Path said = Files.createTempFile(folder, "said", ".txt");
      Process process = start(folder, arguments, said);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw missing(name + " did not end within " + LIMIT.toMinutes() + " minutes");
      }
      return new Ran(process.exitValue(), text(said));
    } catch (IOException e) {
      throw missing(name + " cannot be run here: " + e.getMessage()).causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw missing("interrupted while " + name + " ran").causedBy(e);
    }
  }

  private Process start(Path folder, List<String> arguments, Path said) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
    // The wallet's words are nobody's business but ours.
    builder.environment().remove("MNEMONIC");
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static String text(Path said) throws IOException {
    byte[] bytes = Files.readAllBytes(said);
    Files.delete(said);
    int length = Math.min(bytes.length, MOST_SAID);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static SkepException missing(String why) {
    return SkepException.of("dependency-tool-missing", 400)
        .fault(Fault.CALLER)
        .because(why)
        .hint(
            "Python packages are resolved with python3 and pip 22.2 or newer, JavaScript ones with"
                + " npm 9 or newer; install them, or drop 'dependencies'.");
  }
}
