package dev.skep.protocol.wire;

import java.util.List;

/** Jobs leased to this connector. An offer lost on the way is found by its lease. */
public record Offers(List<Offer> offers) implements Message {
  public Offers {
    offers = Malformed.capped("offers", offers);
  }

  @Override
  public MessageType type() {
    return MessageType.OFFERS;
  }
}
