package dev.skep.queen.finite;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import org.jspecify.annotations.Nullable;

/**
 * A pool that works through inputs, and where it stands.
 *
 * @param sha256 of the file of inputs; null when they are numbers
 * @param first the first number
 * @param mark where this node goes on
 */
@SuppressWarnings("ArrayRecordComponent") // the hash of a file, never compared as a value
record FinitePool(
    PoolId id,
    WalletAddress owner,
    int total,
    byte @Nullable [] sha256,
    long first,
    FeedMark mark) {}
