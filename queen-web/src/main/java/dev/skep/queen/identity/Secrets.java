package dev.skep.queen.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes tokens and nonces and the hashes they are stored by. */
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int TOKEN_BYTES = 32;
  private static final int NONCE_BYTES = 16;

  private Secrets() {}

  static String token() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random(TOKEN_BYTES));
  }

  /** Letters and digits only, as ERC-4361 wants it. */
  static String nonce() {
    return HexFormat.of().formatHex(random(NONCE_BYTES));
  }

  static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
