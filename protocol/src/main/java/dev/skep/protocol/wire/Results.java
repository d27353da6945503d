package dev.skep.protocol.wire;

import java.util.List;

/**
 * A connector's results; resent with a new sequence until {@link Accepted} names them or refuses
 * them.
 */
public record Results(List<AttemptResult> results) implements Message {
  public Results {
    results = Malformed.capped("results", results);
  }

  @Override
  public MessageType type() {
    return MessageType.RESULTS;
  }
}
