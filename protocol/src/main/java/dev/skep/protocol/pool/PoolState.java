package dev.skep.protocol.pool;

import dev.skep.protocol.Transitions;

/**
 * A pool is OPENING until its deposit is safe on the chain, OPEN while it takes jobs, PAUSED while
 * its owner wants none started, CLOSING while its last jobs end and its earnings settle, CLOSED
 * afterwards. A finite one is COMPLETED as soon as each of its inputs has ended, and CLOSED when
 * besides the rest of its deposit went back. One that was never funded may be closed at once.
 */
public enum PoolState {
  OPENING,
  OPEN,
  PAUSED,
  COMPLETED,
  CLOSING,
  CLOSED;

  public static final Transitions<PoolState> TRANSITIONS =
      Transitions.of("pool", PoolState.class)
          .from(OPENING, OPEN, CLOSED)
          .from(OPEN, PAUSED, COMPLETED, CLOSING)
          .from(PAUSED, OPEN, COMPLETED, CLOSING)
          .from(COMPLETED, CLOSED)
          .from(CLOSING, CLOSED);

  /** Whether it takes no more jobs, now or ever again. */
  public boolean isOver() {
    return this == COMPLETED || this == CLOSING || this == CLOSED;
  }
}
