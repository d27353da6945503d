package dev.skep.broker;

import dev.skep.broker.guard.Doorman;
import java.util.List;
import java.util.UUID;

/**
 * What {@link BrokerSessions} needs done by the broker. Every call returns when it is done;
 * failures are unchecked.
 */
interface BrokerControl {
  /** Makes a queue; one that is there already is no error. */
  void createQueue(String name);

  /** Deletes a queue and its messages; one that is not there is no error. */
  void deleteQueue(String name);

  /** The names of all queues. */
  List<String> queues();

  /** Destroys the connections that a session holds. */
  void disconnect(UUID session, String reason);

  /**
   * Puts a guard before the broker's packet handlers, and a limit on what strangers can make it
   * log.
   */
  void guard(Doorman doorman);

  /** Switches the guard that was put in place. */
  void setGuard(boolean on);

  /** See {@link BrokerSessions#spkiSha256}. */
  String spkiSha256();
}
