package dev.skep.queen.relay;

import dev.skep.protocol.wallet.WalletAddress;
import java.util.Optional;
import java.util.UUID;

/** The rows by which queen and king meet; the queen adds them, the king alone moves them on. */
public interface RelayRequests {
  /** What is asked for once. */
  enum Kind {
    FORWARD,
    FAUCET
  }

  /** Adds a request; false when one with the same {@code dedupe} is there already. */
  boolean add(UUID id, Kind kind, WalletAddress requester, String payload, String dedupe);

  Optional<RelayRequest> find(UUID id);

  Optional<RelayRequest> findByDedupe(String dedupe);

  /** Lets go of a failed request's dedupe key, so that the same may be asked for again. */
  void release(UUID failed);
}
