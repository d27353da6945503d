package dev.skep.system.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A shell that waits for a line on its input and then kills a process group. */
public final class ArmedKill {

  private static final String WAIT_AND_KILL =
      "group=$(ps -o pgid= -p \"$1\" | tr -d ' '); echo armed; read -r; kill -9 -- -\"$group\";"
          + " echo struck";

  private final Process shell;
  private final long pid;

  private ArmedKill(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  static ArmedKill of(long pid) {
    try {
      Process shell =
          new ProcessBuilder("bash", "-c", WAIT_AND_KILL, "armed-kill", Long.toString(pid)).start();
      if (!"armed".equals(shell.inputReader().readLine())) {
        throw new AssertionError("no process " + pid + " to kill");
      }
      return new ArmedKill(shell, pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills, waits until the process is gone, and says how long it took to send the signal. */
  public Duration strike() {
    long asked = System.nanoTime();
    try {
      shell.outputWriter().append('\n').flush();
      if (!"struck".equals(shell.inputReader().readLine())) {
        throw new AssertionError("process group of " + pid + " was not killed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    await().atMost(Duration.ofSeconds(20)).until(() -> gone());
    return took;
  }

  private boolean gone() {
    return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
  }
}
