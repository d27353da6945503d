package dev.skep.protocol.wire;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to.
 *
 * @param output the job's output bytes, empty when it failed; treat as immutable
 * @param sha256 SHA-256 of the output as 64 lower-case hex digits, as the connector says; check
 *     {@link #isIntact}
 * @param log what the job's code printed, at most {@link WireLimits#MAX_LOG} bytes of UTF-8
 * @param problem set exactly when {@code ok} is false
 * @param blob the output when it is too long for a message; {@code output} is empty then
 */
public record AttemptResult(
    AttemptRef attempt,
    SlotId slot,
    boolean ok,
    byte[] output,
    String sha256,
    long runMicros,
    String log,
    boolean logTruncated,
    @Nullable Problem problem,
    @Nullable Blob blob) {

  /** A result with its output in it. */
  public AttemptResult(
      AttemptRef attempt,
      SlotId slot,
      boolean ok,
      byte[] output,
      String sha256,
      long runMicros,
      String log,
      boolean logTruncated,
      @Nullable Problem problem) {
    this(attempt, slot, ok, output, sha256, runMicros, log, logTruncated, problem, null);
  }

  public AttemptResult {
    Malformed.inRange("output length", output.length, 0, WireLimits.MAX_OUTPUT);
    Malformed.inRange("runMicros", runMicros, 0, WireLimits.MAX_RUN_MILLIS * 1000);
    Malformed.inRange("log length", log.length(), 0, WireLimits.MAX_LOG);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw Malformed.because("sha256 is 64 lower-case hex digits");
    }
    if (blob != null && (!ok || output.length > 0 || !blob.sha256().equals(sha256))) {
      throw Malformed.because("an output is in the message or a blob of the same hash");
    }
    if (ok == (problem != null)) {
      throw Malformed.because("a failed attempt carries a problem, a good one does not");
    }
  }

  /** A good result with the hash computed here. */
  public static AttemptResult succeeded(
      AttemptRef attempt,
      SlotId slot,
      byte[] output,
      long runMicros,
      String log,
      boolean logTruncated) {
    return new AttemptResult(
        attempt, slot, true, output, hex(output), runMicros, log, logTruncated, null);
  }

  /** A good result whose output was brought as a blob. */
  public static AttemptResult brought(
      AttemptRef attempt,
      SlotId slot,
      Blob blob,
      long runMicros,
      String log,
      boolean logTruncated) {
    byte[] none = new byte[0];
    return new AttemptResult(
        attempt, slot, true, none, blob.sha256(), runMicros, log, logTruncated, null, blob);
  }

  public static AttemptResult failed(
      AttemptRef attempt,
      SlotId slot,
      long runMicros,
      String log,
      boolean logTruncated,
      Problem problem) {
    byte[] none = new byte[0];
    return new AttemptResult(
        attempt, slot, false, none, hex(none), runMicros, log, logTruncated, problem);
  }

  /** Whether the output is the one that was hashed; a blob's bytes are checked where they are. */
  public boolean isIntact() {
    return blob != null || sha256.equals(hex(output));
  }

  public byte[] sha256Bytes() {
    return HexFormat.of().parseHex(sha256);
  }

  byte[] logBytes() {
    return log.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
