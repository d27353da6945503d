package dev.skep.queen.identity;

import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * A wallet that signed in: valid until it expires or is revoked. Its token is known to its owner
 * only.
 */
public record Session(UUID id, WalletAddress address, SessionRole role, Instant expiresAt) {}
