package dev.skep.provider.slot;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wire.Offer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one seat holds: the offer that runs and those that wait. Guarded by its seat's lock. */
final class OfferQueue {
  private static final int MOST_WAITING = 64;

  private final Deque<Offer> waiting = new ArrayDeque<>();
  private @Nullable Offer running;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** False when it is full; an offer that comes twice is held once. */
  boolean add(Offer offer) {
    if (waiting.size() >= MOST_WAITING) {
      return false;
    }
    if (!held().contains(offer.attempt())) {
      waiting.addLast(offer);
    }
    return true;
  }

  Offer next() {
    Offer next = waiting.removeFirst();
    running = next;
    return next;
  }

  void done() {
    running = null;
  }

  boolean isRunning(AttemptRef attempt) {
    return running != null && running.attempt().equals(attempt);
  }

  /** Takes a waiting offer out. */
  Optional<Offer> drop(AttemptRef attempt) {
    Optional<Offer> found =
        waiting.stream().filter(offer -> offer.attempt().equals(attempt)).findFirst();
    found.ifPresent(waiting::remove);
    return found;
  }

  /** Takes everything out. */
  List<Offer> clear() {
    List<Offer> all = new ArrayList<>(waiting);
    waiting.clear();
    if (running != null) {
      all.add(running);
      running = null;
    }
    return all;
  }

  List<AttemptRef> held() {
    List<AttemptRef> held = new ArrayList<>();
    if (running != null) {
      held.add(running.attempt());
    }
    waiting.forEach(offer -> held.add(offer.attempt()));
    return held;
  }
}
