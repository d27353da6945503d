package dev.skep.provider.cli;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.queen.QueenAnswer;

/** What the exit status of a command says; printed by {@code skep --help}. */
public final class ExitCode {
  public static final int OK = 0;

  /** The thing asked for was tried and failed: a job failed, a proof does not hold. */
  public static final int FAILED = 1;

  /** The command line or a file given with it is wrong. */
  public static final int USAGE = 2;

  /** The queen refused. */
  public static final int REFUSED = 3;

  /** The queen or the chain cannot be reached, or did not answer in time. */
  public static final int UNREACHABLE = 4;

  /** This machine lacks something: Docker, an image, a model, disk. */
  public static final int MACHINE = 5;

  /** A bug of this program. */
  public static final int BUG = 70;

  private ExitCode() {}

  public static int of(SkepException e) {
    if (e.getCause() instanceof QueenAnswer) {
      return ofAnswer(e);
    }
    return switch (e.fault()) {
      case PROVIDER -> MACHINE;
      case JOB, CHAIN -> e.isRetryable() ? UNREACHABLE : FAILED;
      case PLATFORM -> UNREACHABLE;
      case CALLER -> USAGE;
    };
  }

  private static int ofAnswer(SkepException e) {
    if (e.fault() == Fault.JOB) {
      return FAILED;
    }
    return e.status() >= 500 ? UNREACHABLE : REFUSED;
  }
}
