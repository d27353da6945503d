package dev.skep.system.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A shell that waits for a line on its input and then kills a process group. */
public final class ArmedKill {

  private static final String WAIT_AND_KILL =
      "group=$(ps -o pgid= -p \"$1\" | tr -d ' '); echo armed; read -r; kill -9 -- -\"$group\"";

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

  /** Kills, and returns when the process is gone. */
  public void strike() {
    try {
      shell.outputWriter().append('\n').flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> gone());
  }

  private boolean gone() {
    return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
  }
}
