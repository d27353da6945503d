package dev.skep.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * All the server keeps of a password. Tokens are random and the server's own passwords are
 * generated, so a plain hash is enough.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
record PasswordHash(String sha256) {
  PasswordHash {
    BrokerNames.requireSha256(sha256);
  }

  /** Compares in constant time. */
  boolean isOf(String password) {
    return MessageDigest.isEqual(ascii(sha256), ascii(hash(password)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hash(String password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
