package dev.skep.queen.identity;

import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The sessions of signed-in wallets, found by the SHA-256 of their token; tokens are never stored.
 */
public interface Sessions {
  void open(Session session, byte[] tokenSha256);

  /** Empty when unknown, revoked, expired, or the wallet is banned. */
  Optional<Session> find(byte[] tokenSha256, Instant now);

  void revoke(UUID session, Instant now);

  void revokeAll(WalletAddress address, Instant now);

  boolean isBanned(WalletAddress address);

  /** Forgets sessions that expired before this moment. */
  void forgetBefore(Instant moment);
}
