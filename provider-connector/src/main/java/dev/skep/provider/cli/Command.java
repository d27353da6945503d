package dev.skep.provider.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What all commands have: the common options and a counter where they get what they need. */
public abstract class Command implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  private @Nullable Surroundings surroundings;
  private @Nullable Counter counter;

  final void setSurroundings(Surroundings given) {
    surroundings = given;
  }

  /** The counter of this run. */
  protected final Counter counter() {
    if (counter == null) {
      if (surroundings == null) {
        throw new IllegalStateException("a command is made by the program's own factory");
      }
      counter = new Counter(surroundings, options);
    }
    return counter;
  }

  protected final Printer print() {
    return counter().printer();
  }

  @Override
  public final Integer call() throws Exception {
    return run();
  }

  /** Does it; returns the exit code. Problems are thrown. */
  protected abstract int run() throws Exception;
}
