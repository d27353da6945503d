package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import org.jspecify.annotations.Nullable;

/**
 * What a connector reports of one attempt.
 *
 * @param output the job's answer, empty when it failed
 * @param sha256 of the output
 * @param problem why it failed; null means it did not
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
public record RunResult(
    AttemptRef attempt,
    SlotId slot,
    byte[] output,
    byte[] sha256,
    long runMicros,
    RunLog log,
    @Nullable Problem problem) {
  /** The text the job's code printed. */
  public record RunLog(String text, boolean truncated) {
    public static final RunLog EMPTY = new RunLog("", false);
  }
}
