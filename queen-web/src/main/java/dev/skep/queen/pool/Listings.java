package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import java.util.List;
import java.util.Optional;

/** Pools as everybody may see them, with what jobs, slots and blocks made of them. */
public interface Listings {
  Optional<Listing> find(PoolId id);

  /** Newest first. */
  List<Listing> list(PoolFilter filter);

  List<SlotView> slots(PoolId id);

  /** The closing pools whose jobs have ended and whose earnings are safe on the chain. */
  List<PoolId> settled();
}
