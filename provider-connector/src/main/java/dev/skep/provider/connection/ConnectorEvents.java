package dev.skep.provider.connection;

import dev.skep.protocol.SkepException;
import dev.skep.provider.slot.SeatState;
import java.time.Duration;
import java.util.List;

/** What the person in front of a connector wants to see; called on the connector's threads. */
public interface ConnectorEvents {
  void connected(SessionGrant grant, int slots);

  /** Some seat changed; the states of all of them. */
  void seats(List<SeatState> states);

  /** The session ended against our will; the next try comes after {@code pause}. */
  void interrupted(SkepException why, Duration pause);

  /** The pool takes no more jobs: the connector leaves. */
  void poolOver();

  void draining(int held);

  void left(int unanswered);
}
