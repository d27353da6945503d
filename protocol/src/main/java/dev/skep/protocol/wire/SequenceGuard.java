package dev.skep.protocol.wire;

import dev.skep.protocol.SkepException;

/**
 * Takes only rising sequences; one guard per session and queue, used by one consumer thread at a
 * time.
 */
public final class SequenceGuard {
  private long last;

  /** Notes the sequence or throws {@code sequence-replayed}; numbers start at 1. */
  public synchronized void check(long sequence) {
    if (sequence <= last) {
      throw SkepException.of("sequence-replayed", 409)
          .because(
              "sequence " + sequence + " came after " + last + ": a replayed or reordered message");
    }
    last = sequence;
  }

  public synchronized long last() {
    return last;
  }
}
