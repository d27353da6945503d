package dev.skep.provider.update;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connector running as a child of this process and brings it up to date between jobs: the
 * child is asked to leave, which finishes what it holds, and comes back as the new version. A new
 * version that does not connect within the limit is replaced by the one before and not tried again.
 */
public final class Supervisor {
  /** Told to the child: a file to make once it is connected. */
  public static final String READY_FILE = "SKEP_READY_FILE";

  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration LEAVING = Duration.ofSeconds(120);

  private final Installation installation;
  private final Updater updater;
  private final Rhythm rhythm;
  private final Consumer<String> tell;
  private final Set<String> refused = new HashSet<>();
  private volatile boolean stopping;
  private volatile @Nullable Process child;

  /**
   * How patient it is.
   *
   * @param check how often the queen is asked for a newer version
   * @param connect how long a new version may take to connect
   */
  public record Rhythm(Duration check, Duration connect) {
    /** By SKEP_UPDATE_EVERY and SKEP_UPDATE_LIMIT, both in seconds. */
    public static Rhythm of(Map<String, String> environment) {
      return new Rhythm(
          seconds(environment, "SKEP_UPDATE_EVERY", 600),
          seconds(environment, "SKEP_UPDATE_LIMIT", 180));
    }

    private static Duration seconds(Map<String, String> environment, String name, int otherwise) {
      String set = environment.getOrDefault(name, "");
      if (set.isBlank()) {
        return Duration.ofSeconds(otherwise);
      }
      if (!set.matches("[1-9][0-9]{0,6}")) {
        throw SkepException.of("usage", 400)
            .fault(Fault.CALLER)
            .because(name + " must be a number of seconds, not '" + set + "'")
            .hint("skep pool join --help");
      }
      return Duration.ofSeconds(Integer.parseInt(set));
    }
  }

  public Supervisor(
      Installation installation, Updater updater, Rhythm rhythm, Consumer<String> tell) {
    this.installation = installation;
    this.updater = updater;
    this.rhythm = rhythm;
    this.tell = tell;
  }

  /**
   * Runs {@code skep arguments} until it ends by itself or {@link #stop}; returns its exit code.
   */
  public int run(List<String> arguments) throws InterruptedException {
    Path ready = readyFile();
    Process running = start(arguments, ready);
    long nextCheck = System.nanoTime() + rhythm.check().toNanos();
    while (!running.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
      if (!stopping && System.nanoTime() >= nextCheck) {
        if (install()) {
          running = replace(running, arguments, ready);
        }
        nextCheck = System.nanoTime() + rhythm.check().toNanos();
      }
    }
    delete(ready);
    return running.exitValue();
  }

  /** The child leaves as a connector does; {@link #run} returns when it has. */
  public void stop() {
    Process running = last();
    if (running != null) {
      running.destroy();
      await(running);
    }
  }

  /** From here on no child is started, so this one is the last. */
  private synchronized @Nullable Process last() {
    stopping = true;
    return child;
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(LEAVING.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a new version is in place; trouble with it is told and passes. */
  private boolean install() {
    try {
      ReleaseManifest offer = updater.offer();
      if (!updater.isNew(offer) || refused.contains(offer.sha256())) {
        return false;
      }
      tell.accept("the queen offers " + offer.version() + " (" + offer.build() + ")");
      updater.install(offer, false);
      return true;
    } catch (SkepException | UncheckedIOException e) {
      tell.accept("no update: " + e.getMessage());
      return false;
    }
  }

  private Process replace(Process old, List<String> arguments, Path ready)
      throws InterruptedException {
    tell.accept("updating: finishing what runs, then starting the new version");
    old.destroy();
    await(old);
    Process fresh = startAgain(old, arguments, ready);
    if (stopping || connects(fresh, ready)) {
      return fresh;
    }
    return goBack(fresh, arguments, ready);
  }

  /** The next child, or the one that ended when {@link #stop} came while it did. */
  private synchronized Process startAgain(Process ended, List<String> arguments, Path ready) {
    return stopping ? ended : start(arguments, ready);
  }

  private boolean connects(Process fresh, Path ready) throws InterruptedException {
    long end = System.nanoTime() + rhythm.connect().toNanos();
    while (System.nanoTime() < end && !stopping) {
      boolean ended = fresh.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS);
      if (Files.exists(ready)) {
        tell.accept("updated: the new version is connected");
        return true;
      }
      if (ended) {
        return false;
      }
    }
    return stopping;
  }

  private Process goBack(Process fresh, List<String> arguments, Path ready) {
    tell.accept("the new version does not connect: going back to the one before");
    refused.add(RunningProgram.sha256(installation.current()));
    fresh.destroy();
    await(fresh);
    installation.rollBack();
    return startAgain(fresh, arguments, ready);
  }

  private Process start(List<String> arguments, Path ready) {
    delete(ready);
    ProcessBuilder builder = new ProcessBuilder(installation.launcher().toString());
    builder.command().addAll(arguments);
    builder.environment().put(READY_FILE, ready.toString());
    try {
      Process started = builder.inheritIO().start();
      child = started;
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + installation.launcher(), e);
    }
  }

  private Path readyFile() {
    return installation.home().resolve("connector-" + ProcessHandle.current().pid() + ".ready");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
