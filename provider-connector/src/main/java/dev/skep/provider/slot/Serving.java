package dev.skep.provider.slot;

import dev.skep.protocol.Problem;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Offer;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.stream.JobStreams;
import java.time.Duration;

/** Runs offers in containers, telling what they tell to whoever listens. */
record Serving(JobStreams streams) {

  AttemptResult serve(Offer offer, WarmSlot container) {
    return result(offer, run(offer, container));
  }

  private JobOutcome run(Offer offer, WarmSlot container) {
    Duration limit = Duration.ofMillis(offer.runLimitMillis());
    if (!offer.stream()) {
      return container.run(offer.attempt(), offer.input(), limit);
    }
    JobStreams.Telling telling = streams.tell(offer.attempt(), limit);
    try {
      return container.run(offer.attempt(), offer.input(), limit, telling);
    } finally {
      telling.end();
    }
  }

  private static AttemptResult result(Offer offer, JobOutcome outcome) {
    Problem problem = outcome.problem();
    return problem == null
        ? AttemptResult.succeeded(
            offer.attempt(),
            offer.slot(),
            outcome.output(),
            outcome.runMicros(),
            outcome.log(),
            outcome.logTruncated())
        : AttemptResult.failed(
            offer.attempt(),
            offer.slot(),
            outcome.runMicros(),
            outcome.log(),
            outcome.logTruncated(),
            problem);
  }
}
