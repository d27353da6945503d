package dev.skep.system.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The server that {@code bin/test} started for the tests from outside, found by the system
 * properties {@code skep.queen.home} and {@code skep.queen.basePort}. Tests may kill it; whoever
 * kills it starts it again.
 */
public final class RunningQueen {

  private static final Duration START = Duration.ofMinutes(6);

  private final Path home;
  private final int basePort;

  private RunningQueen(Path home, int basePort) {
    this.home = home;
    this.basePort = basePort;
  }

  /** The shared server; started when it is not running. */
  public static RunningQueen shared() {
    String home = System.getProperty("skep.queen.home");
    if (home == null) {
      throw new IllegalStateException(
          "no server: run bin/test, or pass -Dskep.queen.home and -Dskep.queen.basePort");
    }
    RunningQueen queen =
        new RunningQueen(Path.of(home), Integer.getInteger("skep.queen.basePort", 30_000));
    queen.start();
    return queen;
  }

  public URI http() {
    return URI.create("http://localhost:" + (basePort + 80));
  }

  public Path home() {
    return home;
  }

  public int basePort() {
    return basePort;
  }

  /** Starts what is not running; returns when the queen is ready. */
  public void start() {
    queen("start").succeeded();
  }

  /**
   * Prepares SIGKILL for the application server's whole process group, so that it strikes within a
   * millisecond of being asked, as a power cut would.
   */
  public ArmedKill armServerKill() {
    return ArmedKill.of(pid("payara"));
  }

  /** Prepares SIGKILL for the database's process group. */
  public ArmedKill armDatabaseKill() {
    return ArmedKill.of(pid("postgres"));
  }

  /** A part that stands still until it is closed. */
  public interface Pause extends AutoCloseable {
    @Override
    void close();
  }

  /** Stops the chain's node in the middle of whatever it does; nothing of it is lost. */
  public Pause pauseChain() {
    long anvil = pid("anvil");
    signal("STOP", anvil);
    return () -> signal("CONT", anvil);
  }

  private static void signal(String name, long pid) {
    ShellCommand.run(Map.of(), Duration.ofSeconds(20), List.of("kill", "-" + name, "" + pid))
        .succeeded();
  }

  private long pid(String part) {
    try {
      String file = Files.readString(home.resolve("run").resolve(part + ".pid"));
      return Long.parseLong(file.lines().findFirst().orElseThrow().trim());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ShellCommand.Result queen(String verb) {
    return ShellCommand.run(
        Map.of(),
        START,
        List.of("bin/queen", verb, "--home", home.toString(), "--base-port", "" + basePort));
  }
}
