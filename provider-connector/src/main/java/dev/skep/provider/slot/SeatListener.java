package dev.skep.provider.slot;

import dev.skep.protocol.wire.AttemptResult;

/** Hears what the seats do; called on their threads, so it must be quick and must not throw. */
public interface SeatListener {
  /** An attempt ended, well or not. */
  void finished(AttemptResult result);

  /** A seat's state or its appetite changed: report and pull again. */
  void changed();
}
