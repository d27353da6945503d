package dev.skep.queen.dispatch.jms;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wire.Accepted;
import dev.skep.protocol.wire.Cancel;
import dev.skep.protocol.wire.Goodbye;
import dev.skep.protocol.wire.Message;
import dev.skep.protocol.wire.Offer;
import dev.skep.protocol.wire.Offers;
import dev.skep.protocol.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for one inbox, put into as few messages as the limits allow. */
final class Bundle {
  private static final int MOST_ITEMS = 512;

  private final List<Offer> offers = new ArrayList<>();
  private final List<AttemptRef> cancels = new ArrayList<>();
  private final List<Accepted.Refusal> refusals = new ArrayList<>();
  private long upTo = -1;
  private @Nullable String goodbye;

  void offer(Offer offer) {
    offers.add(offer);
  }

  void cancel(AttemptRef attempt) {
    cancels.add(attempt);
  }

  void accepted(long sequence) {
    upTo = Math.max(upTo, sequence);
  }

  void refused(Accepted.Refusal refusal) {
    refusals.add(refusal);
  }

  void goodbye(String reason) {
    goodbye = reason;
  }

  /**
   * Offers first, so that a cancel never overtakes its offer; refusals without an acknowledgement
   * repeat the last one.
   */
  List<Message> messages(long lastUpTo) {
    List<Message> messages = new ArrayList<>();
    offersOf(messages);
    for (List<AttemptRef> part : parts(cancels)) {
      messages.add(new Cancel(part));
    }
    for (List<Accepted.Refusal> part : parts(refusals)) {
      messages.add(new Accepted(lastUpTo, part));
    }
    if (upTo >= 0) {
      messages.add(new Accepted(upTo, List.of()));
    }
    if (goodbye != null) {
      messages.add(new Goodbye(goodbye));
    }
    return messages;
  }

  private void offersOf(List<Message> messages) {
    List<Offer> part = new ArrayList<>();
    int bytes = 0;
    for (Offer offer : offers) {
      if (bytes + offer.input().length > WireLimits.BATCH_BYTES / 2 && !part.isEmpty()) {
        messages.add(new Offers(part));
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(offer);
      bytes += offer.input().length;
    }
    if (!part.isEmpty()) {
      messages.add(new Offers(part));
    }
  }

  private static <T> List<List<T>> parts(List<T> items) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < items.size(); from += MOST_ITEMS) {
      parts.add(items.subList(from, Math.min(items.size(), from + MOST_ITEMS)));
    }
    return parts;
  }

  long upTo() {
    return upTo;
  }
}
