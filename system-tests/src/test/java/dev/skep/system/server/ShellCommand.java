package dev.skep.system.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of the project run as a user would: its own process, its own environment. */
public final class ShellCommand {

  /** The project's folder. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private ShellCommand() {}

  /** What the command said and how it ended. */
  public record Result(int exit, String out, String err) {
    /** The standard output of a command that must succeed. */
    public String succeeded() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + "\n" + out + "\n" + err);
      }
      return out;
    }
  }

  /** Runs to the end, or kills the command after the limit and fails. */
  public static Result run(Map<String, String> environment, Duration limit, List<String> command) {
    return run(ROOT, environment, limit, command);
  }

  /** The same in another folder than the project's. */
  public static Result run(
      Path folder, Map<String, String> environment, Duration limit, List<String> command) {
    try {
      Path out = Files.createTempFile("out", ".txt");
      Path err = Files.createTempFile("err", ".txt");
      ProcessBuilder builder = builder(environment, command, out, err);
      Process process = builder.directory(folder.toFile()).start();
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end within " + limit + "\n" + read(err));
      }
      return new Result(process.exitValue(), read(out), read(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command + " was interrupted", e);
    }
  }

  static ProcessBuilder builder(
      Map<String, String> environment, List<String> command, Path out, Path err) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return builder;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
