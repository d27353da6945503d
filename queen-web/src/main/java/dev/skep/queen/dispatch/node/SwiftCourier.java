package dev.skep.queen.dispatch.node;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SessionId;
import dev.skep.queen.dispatch.Canceller;
import dev.skep.queen.dispatch.Courier;

/** Says a cancel twice: on the stream plane, which is faster, and by the courier, which is sure. */
record SwiftCourier(Courier courier, Canceller canceller) implements Courier {
  @Override
  public void offer(SessionId session, Offer offer) {
    courier.offer(session, offer);
  }

  @Override
  public void cancel(SessionId session, AttemptRef attempt) {
    canceller.cancel(session, attempt);
    courier.cancel(session, attempt);
  }

  @Override
  public void accepted(SessionId session, long upTo) {
    courier.accepted(session, upTo);
  }

  @Override
  public void refused(SessionId session, AttemptRef attempt, Problem why) {
    courier.refused(session, attempt, why);
  }

  @Override
  public void goodbye(SessionId session, String reason) {
    courier.goodbye(session, reason);
  }
}
