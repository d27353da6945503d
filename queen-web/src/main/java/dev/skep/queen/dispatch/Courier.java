package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;

/**
 * Speaks to connectors. Calls never block and never throw; order per session is kept. Delivery is
 * at most once: leases cure what is lost. A session whose inbox is gone is reported back through
 * {@link Dispatcher#leave}.
 */
public interface Courier {
  void offer(SessionId session, Offer offer);

  void cancel(SessionId session, AttemptRef attempt);

  /** Every result up to this sequence is durable or was refused. */
  void accepted(SessionId session, long upTo);

  void refused(SessionId session, AttemptRef attempt, Problem why);

  void goodbye(SessionId session, String reason);

  /** One attempt with its input; {@code stream} when somebody listens to it while it runs. */
  @SuppressWarnings("ArrayRecordComponent")
  record Offer(
      AttemptRef attempt,
      SlotId slot,
      PoolId pool,
      byte[] input,
      int runLimitMillis,
      boolean stream) {}
}
