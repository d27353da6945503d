package dev.skep.provider.queen;

import java.time.Duration;

/**
 * The cause of an exception that repeats a refusal of the queen: tells such a refusal from one of
 * our own.
 */
public final class QueenAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  private final Duration retryAfter;

  public QueenAnswer(String request, int status, Duration retryAfter) {
    super(request + " was answered " + status, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** How long she asked to be left alone; zero when she did not. */
  public Duration retryAfter() {
    return retryAfter;
  }

  public int status() {
    return status;
  }
}
