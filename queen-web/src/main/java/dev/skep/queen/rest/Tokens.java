package dev.skep.queen.rest;

import java.util.Optional;

/**
 * Turns a bearer token into its caller. Thread-safe; an answer may be up to 30 s old unless the
 * token was revoked here.
 */
public interface Tokens {
  /** Empty for unknown, expired, revoked or banned; never throws for a malformed token. */
  Optional<Caller> resolve(String token);
}
