package dev.skep.queen.dispatch.node;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;

/** This node's shares of the pools' deposits, as rows. */
interface Slabs {
  /** All that was granted to this node so far. */
  TokenAmount granted(PoolId pool);

  /** Takes another share if there is a rest; returns all that was granted so far. */
  TokenAmount take(PoolId pool);
}
