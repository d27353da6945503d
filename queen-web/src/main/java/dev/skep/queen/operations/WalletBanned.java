package dev.skep.queen.operations;

import dev.skep.protocol.wallet.WalletAddress;
import java.util.List;
import java.util.UUID;

/**
 * A wallet was just banned: its tokens are revoked and its broker connections destroyed.
 *
 * @param sessions its connector sessions that ended by that, whose slots are to be given up
 */
public record WalletBanned(WalletAddress address, String reason, List<UUID> sessions) {}
