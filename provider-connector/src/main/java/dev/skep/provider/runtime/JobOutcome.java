package dev.skep.provider.runtime;

import dev.skep.protocol.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to.
 *
 * @param output canonical JSON, UTF-8; empty unless ok
 * @param log what the job's code printed, at most 64 KiB
 * @param logTruncated whether the job printed more than is kept
 * @param runMicros from handing the job over to having its answer
 * @param problem set exactly when not ok; says whose fault it is
 */
public record JobOutcome(
    boolean ok,
    byte[] output,
    String log,
    boolean logTruncated,
    long runMicros,
    @Nullable Problem problem) {

  private static final byte[] NOTHING = {};

  /** The job answered. */
  public static JobOutcome answered(byte[] output, JobLog log, long runMicros) {
    return new JobOutcome(true, output, log.text(), log.truncated(), runMicros, null);
  }

  /** The job did not answer, and this is why. */
  public static JobOutcome failed(Problem problem, JobLog log, long runMicros) {
    return new JobOutcome(false, NOTHING, log.text(), log.truncated(), runMicros, problem);
  }
}
