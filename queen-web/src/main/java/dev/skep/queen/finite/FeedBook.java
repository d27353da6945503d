package dev.skep.queen.finite;

import dev.skep.protocol.id.PoolId;
import java.util.List;
import java.util.Set;

/** What is written down of the feeding of pools. Each call is one transaction. */
interface FeedBook {
  /** The inputs that ended beyond the mark, out of order. */
  Set<Integer> endedBeyond(FinitePool pool);

  /**
   * Writes ends and mark together, and completes the pool with its last input. What is written
   * already counts once.
   */
  void ended(PoolId pool, List<EndedInput> ended, FeedMark mark);
}
