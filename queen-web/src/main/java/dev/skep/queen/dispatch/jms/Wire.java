package dev.skep.queen.dispatch.jms;

import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.wire.Direction;
import dev.skep.protocol.wire.Envelope;
import dev.skep.protocol.wire.Framing;
import dev.skep.protocol.wire.Message;
import dev.skep.protocol.wire.SequenceGuard;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One session's seal, sequences and inbox. Its sender is one thread; each queue has its guard. */
final class Wire {
  final String inbox;
  private final Framing framing;
  private final Map<Queue, SequenceGuard> guards = new EnumMap<>(Queue.class);
  private final AtomicInteger violations = new AtomicInteger();
  private long sent;

  /** The queues connectors write to. */
  enum Queue {
    PULL,
    RESULTS
  }

  Wire(SessionId session, byte[] hmacKey, String inbox) {
    this.inbox = inbox;
    this.framing = new Framing(session, hmacKey);
    for (Queue queue : Queue.values()) {
      guards.put(queue, new SequenceGuard());
    }
  }

  /** Called by the sending thread only. */
  byte[] seal(Message message) {
    return framing.seal(message, ++sent);
  }

  /** Throws when the frame is not this session's or not newer than the last one of its queue. */
  Envelope open(Queue queue, byte[] frame) {
    Envelope envelope = framing.open(Direction.TO_QUEEN, frame);
    guard(queue).check(envelope.sequence());
    return envelope;
  }

  int violated() {
    return violations.incrementAndGet();
  }

  private SequenceGuard guard(Queue queue) {
    SequenceGuard guard = guards.get(queue);
    if (guard == null) {
      throw new IllegalStateException("no guard for " + queue);
    }
    return guard;
  }
}
