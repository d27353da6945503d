package dev.skep.provider.bulk;

import dev.skep.protocol.Problem;
import java.util.Set;

/** A line that waits for its last answer. Owned by one lane. */
final class Pending {
  /** Problems of the line itself; every other one that no retry helps would meet all lines. */
  private static final Set<String> OF_THE_LINE =
      Set.of(
          "input-malformed",
          "line-malformed",
          "line-too-long",
          "idempotency-key-conflict",
          "idempotency-key-malformed",
          "result-expired");

  /** What the queen's answer means for the line. */
  enum Meaning {
    /** It is the line's answer. */
    FINAL,
    /** The line is to be sent again, as it is or as a new job. */
    AGAIN,
    /** No line will fare better. */
    HOPELESS
  }

  final InputLine line;
  private int tries;

  Pending(InputLine line) {
    this.line = line;
  }

  BulkQueen.Order order(String run) {
    return new BulkQueen.Order(line.key(run, tries), line.text());
  }

  /** A job that failed by others' fault is started anew: under its old key it stays failed. */
  Meaning hear(LineAnswer answer, int retries) {
    Problem problem = answer.problem();
    if (problem == null) {
      return Meaning.FINAL;
    }
    if (answer.job() == null) {
      return refused(problem);
    }
    if (problem.retryable() && tries < retries) {
      tries++;
      return Meaning.AGAIN;
    }
    return Meaning.FINAL;
  }

  /** A pool without money is not hopeless: the run waits until somebody funds it. */
  private static Meaning refused(Problem problem) {
    if (problem.retryable() || problem.code().equals("budget-exhausted")) {
      return Meaning.AGAIN;
    }
    return OF_THE_LINE.contains(problem.code()) ? Meaning.FINAL : Meaning.HOPELESS;
  }
}
