package dev.skep.protocol.pool;

import dev.skep.protocol.Transitions;

/**
 * A pool is OPENING until its deposit is safe on the chain, OPEN while it takes jobs, CLOSING while
 * its last jobs end and its earnings settle, CLOSED afterwards. One that was never funded may be
 * closed at once.
 */
public enum PoolState {
  OPENING,
  OPEN,
  CLOSING,
  CLOSED;

  public static final Transitions<PoolState> TRANSITIONS =
      Transitions.of("pool", PoolState.class)
          .from(OPENING, OPEN, CLOSED)
          .from(OPEN, CLOSING)
          .from(CLOSING, CLOSED);
}
