package dev.skep.queen.dispatch;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SessionId;

/**
 * A way to stop an attempt that is faster than the courier's; it may lose the word, the courier's
 * comes after it. Must neither block nor throw.
 */
public interface Canceller {
  void cancel(SessionId session, AttemptRef attempt);
}
