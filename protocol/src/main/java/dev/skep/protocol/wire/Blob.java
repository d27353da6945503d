package dev.skep.protocol.wire;

/**
 * A payload that is too long for a message and travels over HTTPS instead: whoever holds the lease
 * of the attempt fetches or brings it there. Lost with its message, or brought twice, it changes
 * nothing.
 *
 * @param sha256 of its bytes, 64 lower-case hex digits
 */
public record Blob(String sha256, long size) {
  public Blob {
    Malformed.inRange("blob size", size, 1, WireLimits.MAX_BLOB);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw Malformed.because("sha256 is 64 lower-case hex digits");
    }
  }
}
