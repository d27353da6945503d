package dev.skep.queen.dispatch;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Looks at a result before the dispatcher does: the output must be what its hash says. */
final class ResultCheck {
  private static final byte[] NOTHING = {};

  private ResultCheck() {}

  static RunResult checked(RunResult result) {
    boolean sound =
        result.problem() != null || MessageDigest.isEqual(result.sha256(), hashOf(result.output()));
    return sound ? result : failed(result);
  }

  private static byte[] hashOf(byte[] output) {
    return BlobRef.of(output).map(BlobRef::sha256Bytes).orElseGet(() -> sha256(output));
  }

  private static RunResult failed(RunResult result) {
    Problem why =
        SkepException.of("result-hash-mismatch", 502)
            .fault(Fault.PROVIDER)
            .because("the output is not what its hash says")
            .problem();
    return new RunResult(
        result.attempt(), result.slot(), NOTHING, NOTHING, result.runMicros(), result.log(), why);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
