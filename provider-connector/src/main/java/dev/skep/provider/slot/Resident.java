package dev.skep.provider.slot;

import dev.skep.provider.runtime.WarmSlot;
import java.time.Duration;

/**
 * The container that a seat has, and for how long it has had nothing to do. Guarded by its seat.
 */
final class Resident {
  final WarmSlot container;
  private final Duration startTook;
  private long idleSinceNanos = System.nanoTime();
  private boolean rested;
  private boolean frozen;

  Resident(WarmSlot container, Duration startTook) {
    this.container = container;
    this.startTook = startTook;
  }

  boolean isAlive() {
    return container.alive();
  }

  boolean isFrozen() {
    return frozen;
  }

  Keeping.Due due(Keeping keeping) {
    Duration idle = Duration.ofNanos(System.nanoTime() - idleSinceNanos);
    return keeping.due(idle, rested, startTook);
  }

  /** It was frozen, or could not be: either way that is not tried again before its next job. */
  void rested(boolean stands) {
    rested = true;
    frozen = stands;
  }

  /** It gets a job; its processes go on by themselves. */
  void busy() {
    rested = false;
    frozen = false;
  }

  void idle() {
    idleSinceNanos = System.nanoTime();
  }
}
