package dev.skep.provider.slot;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Blob;
import dev.skep.protocol.wire.Offer;
import dev.skep.provider.runtime.JobLog;
import dev.skep.provider.runtime.JobOutcome;
import java.util.Optional;
import java.util.function.Function;

/** Turns an offer into a result: gets its input, has it run, and brings its output. */
record Serving(LargePayloads payloads) {

  AttemptResult serve(Offer offer, Function<byte[], JobOutcome> run) {
    byte[] input;
    try {
      Blob blob = offer.blob();
      input = blob == null ? offer.input() : payloads.fetch(offer.attempt(), blob);
    } catch (SkepException e) {
      return failed(offer, JobOutcome.failed(e.problem(), JobLog.EMPTY, 0), e.problem());
    }
    JobOutcome outcome = run.apply(input);
    Problem problem = outcome.problem();
    return problem == null ? succeeded(offer, outcome) : failed(offer, outcome, problem);
  }

  private AttemptResult succeeded(Offer offer, JobOutcome outcome) {
    try {
      Optional<Blob> brought = payloads.bring(offer.attempt(), outcome.output());
      return brought.isPresent()
          ? AttemptResult.brought(
              offer.attempt(),
              offer.slot(),
              brought.get(),
              outcome.runMicros(),
              outcome.log(),
              outcome.logTruncated())
          : AttemptResult.succeeded(
              offer.attempt(),
              offer.slot(),
              outcome.output(),
              outcome.runMicros(),
              outcome.log(),
              outcome.logTruncated());
    } catch (SkepException e) {
      return failed(offer, outcome, e.problem());
    }
  }

  private static AttemptResult failed(Offer offer, JobOutcome outcome, Problem why) {
    return AttemptResult.failed(
        offer.attempt(),
        offer.slot(),
        outcome.runMicros(),
        outcome.log(),
        outcome.logTruncated(),
        why);
  }
}
