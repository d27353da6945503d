package dev.skep.queen.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a try failed and when the next one is.
 *
 * @param status what the receiver answered, null when it did not
 * @param last whether there is no next one
 */
record Failure(@Nullable Integer status, String problem, Duration delay, boolean last) {
  /** Two seconds, doubled each time: the last of these tries is more than half a day later. */
  private static final int MOST_TRIES = 15;

  private static final int LONGEST_PROBLEM = 300;
  private static final int GONE = 410;

  static Failure after(int tries, @Nullable Integer status, String problem) {
    boolean last = tries >= MOST_TRIES || status != null && status == GONE;
    String cut = problem.substring(0, Math.min(problem.length(), LONGEST_PROBLEM));
    return new Failure(status, cut, Duration.ofSeconds(1L << Math.min(tries, MOST_TRIES)), last);
  }

  /** The receiver says that it wants no more. */
  boolean isGone() {
    return status != null && status == GONE;
  }
}
