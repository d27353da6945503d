package dev.skep.queen.dispatch.jms;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Blob;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.dispatch.BroughtOutputs;
import dev.skep.queen.dispatch.RunResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a connector reports; an output that is named has to be here. */
record ResultReader(BroughtOutputs outputs) {
  private static final byte[] NOTHING = {};

  RunResult read(AttemptResult told) {
    Blob blob = told.blob();
    if (blob != null) {
      Optional<BlobRef> brought = outputs.of(told.attempt(), blob);
      return brought
          .map(ref -> result(told, ref.mark(), null))
          .orElseGet(() -> result(told, NOTHING, notBrought()));
    }
    // Whoever sends our own mark in an output's place wants to be given another's bytes.
    return BlobRef.isMark(told.output())
        ? result(told, NOTHING, notJson())
        : result(told, told.output(), told.problem());
  }

  private static RunResult result(AttemptResult told, byte[] output, @Nullable Problem problem) {
    return new RunResult(
        told.attempt(),
        told.slot(),
        output,
        told.sha256Bytes(),
        told.runMicros(),
        new RunResult.RunLog(told.log(), told.logTruncated()),
        problem);
  }

  private static Problem notBrought() {
    return SkepException.of("output-not-brought", 502)
        .fault(Fault.PROVIDER)
        .because("the provider named an output that it did not bring")
        .problem();
  }

  private static Problem notJson() {
    return SkepException.of("output-invalid", 502)
        .fault(Fault.PROVIDER)
        .because("the provider's answer is not JSON")
        .problem();
  }
}
