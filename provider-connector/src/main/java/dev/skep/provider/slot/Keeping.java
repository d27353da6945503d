package dev.skep.provider.slot;

import dev.skep.provider.runtime.JobSpec;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How containers are kept while there is nothing to do.
 *
 * @param freezeAfter idle for so long, a container's processes stop; the next job lets them go on
 * @param stopAfter idle for so long, the container ends and its memory is free; the next job starts
 *     another
 * @param spareFits whether one container more than there are slots has room here, asked before each
 *     start of one
 */
public record Keeping(Duration freezeAfter, Duration stopAfter, Predicate<JobSpec> spareFits) {
  /** Longer than any connector lives. */
  public static final Duration NEVER = Duration.ofDays(36_500);

  /** Everything stays as it is, and no spare. */
  public static final Keeping WARM = new Keeping(NEVER, NEVER, job -> false);

  /**
   * A slot that took longer than this to start is not stopped: the lease of the job that woke it
   * would not last.
   */
  static final Duration LONGEST_WAKE = Duration.ofSeconds(20);

  /** What an idle container is due for; one that was frozen, or could not be, is {@code rested}. */
  enum Due {
    NOTHING,
    FREEZE,
    STOP
  }

  Due due(Duration idle, boolean rested, Duration startTook) {
    if (idle.compareTo(stopAfter) >= 0 && startTook.compareTo(LONGEST_WAKE) <= 0) {
      return Due.STOP;
    }
    return idle.compareTo(freezeAfter) >= 0 && !rested ? Due.FREEZE : Due.NOTHING;
  }
}
