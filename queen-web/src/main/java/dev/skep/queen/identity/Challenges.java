package dev.skep.queen.identity;

import java.time.Instant;

/**
 * The nonces given out for signing in. Each is used at most once, by whichever request comes first.
 */
public interface Challenges {
  /** What became of an attempt to use a nonce. */
  enum Use {
    TAKEN,
    ALREADY_USED,
    UNKNOWN_OR_EXPIRED
  }

  void open(String nonce, Instant expiresAt);

  /** Atomic: of two requests with one nonce only one gets {@link Use#TAKEN}. */
  Use use(String nonce, Instant now);

  /** Forgets nonces that expired before this moment. */
  void forgetBefore(Instant moment);
}
