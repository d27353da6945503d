package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import java.util.List;
import java.util.Optional;

/** Pools as everybody may see them, with what jobs, slots and blocks made of them. */
public interface Listings {
  Optional<Listing> find(PoolId id);

  /** Newest first. */
  List<Listing> list(PoolFilter filter);

  List<SlotView> slots(PoolId id);

  /** A pool that has nothing left to do. */
  record Settled(PoolId id, PoolState state) {}

  /**
   * The closing and completed pools whose jobs have ended and whose earnings are safe on the chain;
   * of the completed ones those whose deposit went back.
   */
  List<Settled> settled();
}
