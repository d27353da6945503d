package dev.skep.protocol.release;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The public half of a queen's release key: Ed25519, written as base64 of its X.509 form. */
public record ReleaseKey(String base64) {
  /**
   * Whether this key signed exactly these bytes; a key or signature of another form is a no.
   *
   * @param signature base64 of the 64 bytes
   */
  public boolean signed(byte[] message, String signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(publicKey());
      check.update(message);
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException notOfThisForm) {
      return false;
    }
  }

  /** {@code SHA256:} and the hex digest of the key's X.509 form, for people to compare. */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return "SHA256:" + HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private PublicKey publicKey() throws GeneralSecurityException {
    byte[] form = Base64.getDecoder().decode(base64);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(form));
  }
}
