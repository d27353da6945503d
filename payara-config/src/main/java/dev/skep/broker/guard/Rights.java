package dev.skep.broker.guard;

import java.util.Set;

/**
 * What one connection may touch; everything else is a violation.
 *
 * @param inbox the only queue it may consume
 * @param outboxes the only queues it may send to
 */
public record Rights(String inbox, Set<String> outboxes) {
  /** Copies the set. */
  public Rights {
    outboxes = Set.copyOf(outboxes);
  }

  boolean sends(String queue) {
    return outboxes.contains(queue);
  }

  boolean knows(String queue) {
    return inbox.equals(queue) || sends(queue);
  }
}
