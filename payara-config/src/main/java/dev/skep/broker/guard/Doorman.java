package dev.skep.broker.guard;

import com.sun.messaging.jmq.jmsserver.service.Connection;
import java.util.Optional;

/**
 * Who the guard asks and tells. Called on the broker's packet threads, for many connections at
 * once.
 */
public interface Doorman {
  /**
   * What the connection may do right now; empty when nobody is signed in on it, or its session is
   * over.
   */
  Optional<Rights> rights(Connection connection);

  /** A connection has just signed in. */
  void signedIn(Connection connection);

  /** A connection broke a rule; it is destroyed right after this call. */
  void violated(Connection connection, String rule);
}
