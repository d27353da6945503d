package dev.skep.protocol.wire;

import dev.skep.protocol.Fault;
import dev.skep.protocol.id.AttemptRef;
import java.util.List;

/**
 * The queen has committed every result up to that sequence of {@link Results}, but for the refused
 * ones; both kinds may be forgotten by the connector.
 */
public record Accepted(long upTo, List<Refusal> refused) implements Message {
  /** One result that was not taken, with whose fault it was. */
  public record Refusal(AttemptRef attempt, String code, Fault fault, String detail) {
    public Refusal {
      if (!code.matches("[a-z0-9-]{1,64}")) {
        throw Malformed.because("a refusal's code is kebab-case");
      }
      detail = detail.length() <= 1000 ? detail : detail.substring(0, 1000);
    }
  }

  public Accepted {
    Malformed.inRange("upTo", upTo, 0, Long.MAX_VALUE);
    refused = Malformed.capped("refusals", refused);
  }

  @Override
  public MessageType type() {
    return MessageType.ACCEPTED;
  }
}
