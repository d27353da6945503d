package dev.skep.protocol.id;

import dev.skep.protocol.SkepException;

/** Names one attempt of a job; printed as {@code jobId/number}, numbers start at 1. */
public record AttemptRef(JobId job, int number) {
  /** More attempts than any policy makes. */
  public static final int MAX_NUMBER = 1000;

  public AttemptRef {
    if (number < 1 || number > MAX_NUMBER) {
      throw SkepException.of("attempt-malformed", 400)
          .because("attempt numbers are 1 to " + MAX_NUMBER);
    }
  }

  public static AttemptRef parse(String text) {
    int slash = text.indexOf('/');
    if (slash != 36 || !text.substring(slash + 1).matches("[1-9][0-9]{0,3}")) {
      throw SkepException.of("attempt-malformed", 400)
          .because("an attempt is written jobId/number");
    }
    return new AttemptRef(
        JobId.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return job + "/" + number;
  }
}
