package dev.skep.broker;

import java.time.Instant;
import java.util.UUID;

/**
 * One connector's right to use the broker: who it is, how it proves it, and the two names that are
 * its own. Lives in memory only, from {@link BrokerSessions#open} until it is closed, banned or
 * expired; after a restart of the server every connector signs in again.
 *
 * @param id the connector's session as the queen knows it; at most one connection is open per
 *     session
 * @param user the provider's wallet address, {@code 0x} and 40 lower-case hexadecimal digits; it is
 *     the JMS user name
 * @param passwordSha256 SHA-256 of the JMS password, 64 lower-case hexadecimal digits; the password
 *     itself (at most 57 bytes, the broker cuts longer ones) is known to the connector only
 * @param inbox the queue only this session consumes, {@code inbox.} and 32 lower-case hexadecimal
 *     digits
 * @param resultsQueue the queue of its home node, {@code skep.results.<node>}
 * @param expiresAt from this moment on the session is refused, also on a connection that is already
 *     open
 */
public record BrokerSession(
    UUID id,
    String user,
    String passwordSha256,
    String inbox,
    String resultsQueue,
    Instant expiresAt) {

  /** Refuses, with {@link IllegalArgumentException}, whatever does not look as described above. */
  public BrokerSession {
    BrokerNames.requireAddress(user);
    BrokerNames.requireSha256(passwordSha256);
    BrokerNames.requireInbox(inbox);
    BrokerNames.requireResults(resultsQueue);
  }

  boolean expiredAt(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Without the password's hash: this ends up in logs. */
  @Override
  public String toString() {
    return "BrokerSession[" + id + ", " + user + ", " + inbox + ", until " + expiresAt + "]";
  }
}
