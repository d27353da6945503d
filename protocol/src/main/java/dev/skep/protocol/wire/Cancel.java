package dev.skep.protocol.wire;

import dev.skep.protocol.id.AttemptRef;
import java.util.List;

/** The queen wants these attempts stopped; their results will be refused. */
public record Cancel(List<AttemptRef> attempts) implements Message {
  public Cancel {
    attempts = Malformed.capped("attempts", attempts);
  }

  @Override
  public MessageType type() {
    return MessageType.CANCEL;
  }
}
