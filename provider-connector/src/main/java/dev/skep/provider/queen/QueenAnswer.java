package dev.skep.provider.queen;

/**
 * The cause of an exception that repeats a refusal of the queen: tells such a refusal from one of
 * our own.
 */
public final class QueenAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  QueenAnswer(String method, String path, int status) {
    super(method + " " + path + " was answered " + status, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
