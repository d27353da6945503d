package dev.skep.queen.relay;

import dev.skep.protocol.wallet.WalletAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the king was asked to put on the chain: QUEUED until he took it up, SENT until it is mined,
 * then DONE or FAILED.
 *
 * @param txHash 0x hex once there is a transaction
 * @param problem the stored problem of a failed one
 */
public record RelayRequest(
    UUID id,
    WalletAddress requester,
    String state,
    String payload,
    @Nullable String txHash,
    @Nullable String problem) {
  boolean hasFailed() {
    return state.equals("FAILED");
  }
}
