package dev.skep.provider.bulk;

import java.time.Duration;

/**
 * How a run is done.
 *
 * @param run the run's id, part of every key
 * @param window lines in flight at most
 * @param retries how often a job that failed by its provider's or the queen's fault is started anew
 * @param stopAtFailure whether the first line that fails ends the run
 * @param patience how long to wait without any progress
 */
public record RunPlan(
    String run, int window, int retries, boolean stopAtFailure, Duration patience) {
  private static final int MOST_LANES = 8;

  /** Requests at a time. */
  int lanes() {
    return Math.min(MOST_LANES, window);
  }

  /** Lines per request. */
  int linesPerRequest() {
    return Math.max(1, window / lanes());
  }

  /** How far reading may be ahead of writing: one slow line must not hold all others up. */
  int spread() {
    return 8 * window;
  }
}
