package dev.skep.queen.dispatch;

import dev.skep.protocol.id.SessionId;
import java.util.LinkedHashSet;
import java.util.Set;

/** A connector's session in memory: who it is, when it was last heard of, which seats it serves. */
final class Link {
  final SessionId id;
  final Machine machine;
  final Set<Seat> seats = new LinkedHashSet<>();
  final AckWindow acks = new AckWindow();
  long heardMillis;

  /** It fetches inputs that are too long for a message. */
  boolean takesBlobs;

  Link(SessionId id, Machine machine, long nowMillis) {
    this.id = id;
    this.machine = machine;
    this.heardMillis = nowMillis;
  }
}
