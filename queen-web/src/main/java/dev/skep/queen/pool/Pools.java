package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;

/** Makes and moves pools. The king alone counts deposits and opens pools; the queen ends them. */
public interface Pools {
  void add(PoolId id, WalletAddress owner, NewPool pool);

  /** How many pools of this owner are not closed. */
  int countOpen(WalletAddress owner);

  /** Moves a pool when it is still in {@code from}; false when somebody else was faster. */
  boolean move(PoolId id, PoolState from, PoolState to, String reason);
}
