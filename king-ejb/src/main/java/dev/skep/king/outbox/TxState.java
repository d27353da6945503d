package dev.skep.king.outbox;

import dev.skep.protocol.Transitions;

/**
 * A transaction is STORED with its nonce, SENT when a node took it, MINED, SAFE and FINAL as the
 * chain says so. A reorganisation puts it back to SENT. REVERTED is mined and failed: the nonce is
 * spent, the effect did not happen.
 */
public enum TxState {
  STORED,
  SENT,
  MINED,
  SAFE,
  FINAL,
  REVERTED;

  public static final Transitions<TxState> TRANSITIONS =
      Transitions.of("transaction", TxState.class)
          .from(STORED, SENT)
          .from(SENT, MINED, REVERTED)
          .from(MINED, SAFE, SENT)
          .from(SAFE, FINAL, SENT);
}
