package dev.skep.protocol.secret;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256 in GCM: nobody without the key reads or changes what was closed with it. */
public final class Cipher256 {
  /** Bytes of a key. */
  public static final int KEY = 32;

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private Cipher256() {}

  /**
   * Closes a text. One key takes a nonce once only; {@code context} is what has to be the same when
   * it is opened. The nonce comes first in what is returned.
   */
  public static byte[] close(byte[] key, byte[] nonce, byte[] text, byte[] context) {
    byte[] closed = run(Cipher.ENCRYPT_MODE, key, nonce, text, context);
    byte[] whole = Arrays.copyOf(nonce, NONCE + closed.length);
    System.arraycopy(closed, 0, whole, NONCE, closed.length);
    return whole;
  }

  /** Opens what {@link #close} gave; an {@link IllegalArgumentException} when anything differs. */
  public static byte[] open(byte[] key, byte[] closed, byte[] context) {
    if (closed.length < NONCE + TAG_BITS / 8) {
      throw new IllegalArgumentException("too short to be closed");
    }
    byte[] nonce = Arrays.copyOf(closed, NONCE);
    byte[] body = Arrays.copyOfRange(closed, NONCE, closed.length);
    return run(Cipher.DECRYPT_MODE, key, nonce, body, context);
  }

  private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] in, byte[] context) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      SecretKeySpec aes = new SecretKeySpec(key, "AES");
      cipher.init(mode, aes, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      return cipher.doFinal(in);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("another key, another context or changed bytes", e);
    }
  }
}
