package dev.skep.provider.cli.pool;

import dev.skep.protocol.SkepException;
import dev.skep.provider.bulk.RunMark;
import dev.skep.provider.bulk.RunTale;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Tells a person how a run goes: one line that is drawn anew on a terminal, a line now and then
 * elsewhere.
 */
final class RunBar implements RunTale {
  private static final int WIDTH = 24;
  private static final long AGAIN_NANOS = 30_000_000_000L;

  private final long begin;
  private final long total;
  private final boolean terminal;
  private final Consumer<String> raw;
  private final Consumer<String> line;
  private final long startNanos = System.nanoTime();
  private long toldNanos = startNanos;
  private long waitingNanos;
  private String waiting = "";

  /**
   * A bar.
   *
   * @param begin lines done before this start
   * @param total lines in all; 0 when nobody knows
   * @param raw prints without a line feed, for a terminal; {@code line} prints a line
   */
  RunBar(long begin, long total, boolean terminal, Consumer<String> raw, Consumer<String> line) {
    this.begin = begin;
    this.total = total;
    this.terminal = terminal;
    this.raw = raw;
    this.line = line;
  }

  @Override
  public synchronized void written(RunMark at) {
    waiting = "";
    long now = System.nanoTime();
    long pause = terminal ? 200_000_000L : 5_000_000_000L;
    if (now - toldNanos > pause) {
      toldNanos = now;
      tell(text(at, now));
    }
  }

  /** The same reason is told once, and again after a while. */
  @Override
  public synchronized void waiting(SkepException why) {
    long now = System.nanoTime();
    boolean again = why.code().equals(waiting) && now - waitingNanos < AGAIN_NANOS;
    if (!again) {
      waiting = why.code();
      waitingNanos = now;
      line.accept(fresh() + "waiting: " + why.getMessage());
      line.accept("  next: " + why.hint());
    }
  }

  synchronized void end(RunMark at) {
    tell(text(at, System.nanoTime()));
    raw.accept(terminal ? "\n" : "");
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  double rate(RunMark at) {
    return (at.lines() - begin) / Math.max(0.001, elapsed().toMillis() / 1000.0);
  }

  private void tell(String text) {
    if (terminal) {
      raw.accept("\r" + text + "\u001b[K");
    } else {
      line.accept(text);
    }
  }

  private String fresh() {
    return terminal ? "\n" : "";
  }

  String text(RunMark at, long nowNanos) {
    double seconds = Math.max(0.001, (nowNanos - startNanos) / 1e9);
    double rate = (at.lines() - begin) / seconds;
    String done = total > 0 ? bar(at.lines()) + at.lines() + "/" + total : "" + at.lines();
    return String.format(
        Locale.ROOT,
        "%s lines, %.0f/s%s, %d failed, %s",
        done,
        rate,
        total > 0 && rate > 0 ? ", " + left((total - at.lines()) / rate) : "",
        at.failed(),
        at.cost().toHuman());
  }

  private String bar(long lines) {
    int full = (int) (WIDTH * Math.min(lines, total) / total);
    return terminal ? "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " : "";
  }

  private static String left(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d left", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d h left", s / 3600, s / 60 % 60);
  }
}
