package dev.skep.queen.dispatch;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;

/** What the dispatcher has to know of a pool; a new one replaces the old when the row changed. */
public record PoolTerms(
    PoolId id, WalletAddress owner, PoolState state, Price price, Policy policy, Limits limits) {}
