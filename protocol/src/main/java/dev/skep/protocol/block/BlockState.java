package dev.skep.protocol.block;

import dev.skep.protocol.Transitions;

/**
 * A block is SEALED when its row and its signed transaction are committed, SENT when a node took
 * it, INCLUDED when mined, SAFE and FINAL as the chain says so. A reorganisation puts it back to
 * SENT: the same bytes are sent again.
 */
public enum BlockState {
  SEALED,
  SENT,
  INCLUDED,
  SAFE,
  FINAL;

  public static final Transitions<BlockState> TRANSITIONS =
      Transitions.of("block", BlockState.class)
          .from(SEALED, SENT)
          .from(SENT, INCLUDED)
          .from(INCLUDED, SAFE, SENT)
          .from(SAFE, FINAL, SENT);
}
