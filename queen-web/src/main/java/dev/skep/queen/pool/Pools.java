package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.List;
import java.util.Optional;

/** The listings. The king alone counts deposits and opens pools; the queen makes and ends them. */
public interface Pools {
  void add(PoolId id, WalletAddress owner, NewPool pool);

  Optional<Listing> find(PoolId id);

  /** Newest first. */
  List<Listing> list(PoolFilter filter);

  List<SlotView> slots(PoolId id);

  /** How many pools of this owner are not closed. */
  int countOpen(WalletAddress owner);

  /** Moves a pool when it is still in {@code from}; false when somebody else was faster. */
  boolean move(PoolId id, PoolState from, PoolState to, String reason);

  /** The closing pools whose jobs have ended and whose earnings are safe on the chain. */
  List<PoolId> settled();
}
