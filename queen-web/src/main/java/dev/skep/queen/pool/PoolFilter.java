package dev.skep.queen.pool;

import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import org.jspecify.annotations.Nullable;

/** Which pools to list, newest first; null means any. */
public record PoolFilter(@Nullable WalletAddress owner, @Nullable PoolState state, int limit) {}
