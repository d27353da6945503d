package dev.skep.protocol.secret;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A pair of keys for one delivery: whoever knows the public one can seal, only this object opens.
 * The private key is never written anywhere.
 *
 * <p>X25519 between a key made for the sealing and the reader's; HKDF-SHA-256 over both public keys
 * gives the key of one AES-256-GCM.
 */
public final class Seal {
  private static final String CURVE = "X25519";
  private static final byte[] INFO =
      "skep secret 1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int PUBLIC = 44;

  private final KeyPair pair;

  private Seal(KeyPair pair) {
    this.pair = pair;
  }

  public static Seal make() {
    return new Seal(newPair());
  }

  /** The public key, base64 of its X.509 form: what the sealing side needs. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /** Seals a text to a public key; an {@link IllegalArgumentException} when that is none. */
  public static String to(String publicKey, byte[] text, byte[] context) {
    PublicKey reader = publicKey(decode(publicKey));
    KeyPair once = newPair();
    byte[] from = once.getPublic().getEncoded();
    byte[] key = key(once.getPrivate(), reader, from, reader.getEncoded());
    // The key is used for this one text, so that its nonce may be anything.
    byte[] closed = Cipher256.close(key, new byte[12], text, context);
    byte[] sealed = Arrays.copyOf(from, PUBLIC + closed.length);
    System.arraycopy(closed, 0, sealed, PUBLIC, closed.length);
    return Base64.getEncoder().encodeToString(sealed);
  }

  /** Opens what was sealed to this key; an {@link IllegalArgumentException} when it was not. */
  public byte[] open(String sealed, byte[] context) {
    byte[] bytes = decode(sealed);
    if (bytes.length <= PUBLIC) {
      throw new IllegalArgumentException("too short to be sealed");
    }
    byte[] from = Arrays.copyOf(bytes, PUBLIC);
    byte[] key = key(pair.getPrivate(), publicKey(from), from, pair.getPublic().getEncoded());
    return Cipher256.open(key, Arrays.copyOfRange(bytes, PUBLIC, bytes.length), context);
  }

  private static byte[] decode(String base64) {
    if (base64.length() > 1 << 20) {
      throw new IllegalArgumentException("too long");
    }
    return Base64.getDecoder().decode(base64);
  }

  private static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance(CURVE).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 11 has " + CURVE, e);
    }
  }

  private static PublicKey publicKey(byte[] encoded) {
    try {
      return KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a public key of " + CURVE, e);
    }
  }

  private static byte[] key(PrivateKey own, PublicKey other, byte[] from, byte[] to) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
      agreement.init(own);
      agreement.doPhase(other, true);
      byte[] salt = Arrays.copyOf(from, from.length + to.length);
      System.arraycopy(to, 0, salt, from.length, to.length);
      byte[] extracted = mac(salt, agreement.generateSecret());
      byte[] info = Arrays.copyOf(INFO, INFO.length + 1);
      info[INFO.length] = 1;
      return mac(extracted, info);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the two keys do not agree", e);
    }
  }

  private static byte[] mac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }
}
