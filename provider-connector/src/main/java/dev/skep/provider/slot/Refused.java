package dev.skep.provider.slot;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wire.AttemptResult;
import dev.skep.protocol.wire.Offer;

/** Answers to offers that were never run. */
final class Refused {
  private Refused() {}

  static AttemptResult cancelled(Offer offer) {
    return answer(
        offer,
        SkepException.of("job-cancelled", 409)
            .fault(Fault.CALLER)
            .because("the job was cancelled before it ran"));
  }

  static AttemptResult seatGone(Offer offer) {
    return answer(
        offer,
        SkepException.of("slot-closed", 503)
            .fault(Fault.PROVIDER)
            .retryable(true)
            .because("slot " + offer.slot() + " was closed before the job ran")
            .hint("The job is tried on another slot."));
  }

  static AttemptResult unknownSlot(Offer offer) {
    return answer(
        offer,
        SkepException.of("slot-unknown", 503)
            .fault(Fault.PROVIDER)
            .retryable(true)
            .because("slot " + offer.slot() + " takes no jobs in this connector")
            .hint("The job is tried on another slot."));
  }

  private static AttemptResult answer(Offer offer, SkepException why) {
    return AttemptResult.failed(offer.attempt(), offer.slot(), 0, "", false, why.problem());
  }
}
