package dev.skep.queen.provider;

import dev.skep.broker.BrokerNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secrets of one session, drawn afresh.
 *
 * @param password 32 random bytes as 43 characters; the broker keeps only its hash
 */
@SuppressWarnings("ArrayRecordComponent")
record SessionKeys(String inbox, String password, byte[] hmacKey) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  static SessionKeys draw() {
    return new SessionKeys(
        BrokerNames.newInbox(RANDOM),
        Base64.getUrlEncoder().withoutPadding().encodeToString(random()),
        random());
  }

  byte[] passwordSha256() {
    return sha256(password);
  }

  /** What is kept of a password. */
  static byte[] sha256(String password) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(password.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  String passwordSha256Hex() {
    return HexFormat.of().formatHex(passwordSha256());
  }

  private static byte[] random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return "SessionKeys[" + inbox + "]";
  }
}
