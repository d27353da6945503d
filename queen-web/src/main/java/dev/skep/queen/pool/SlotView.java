package dev.skep.queen.pool;

import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.WalletAddress;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a pool that is still taken, as everybody may see it.
 *
 * @param software what its connector calls itself
 */
public record SlotView(
    SlotId id,
    int ordinal,
    WalletAddress provider,
    SlotState state,
    @Nullable String containerId,
    long jobsDone,
    @Nullable String problem,
    @Nullable String software) {}
