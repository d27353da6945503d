package dev.skep.broker;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HexFormat;

/** The certificate in the key store that the broker's TLS port uses. */
final class BrokerCertificate {
  private BrokerCertificate() {}

  /**
   * SHA-256 over the public key as the certificate carries it (SubjectPublicKeyInfo, DER), in
   * lower-case hexadecimal.
   */
  static String spkiSha256(File keystore, char[] password) {
    try {
      Certificate certificate = only(KeyStore.getInstance(keystore, password), keystore);
      byte[] spki = certificate.getPublicKey().getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(spki));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot read the broker's key store " + keystore, e);
    }
  }

  private static Certificate only(KeyStore store, File keystore) throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return store.getCertificate(alias);
      }
    }
    throw new IllegalStateException("No private key in the broker's key store " + keystore);
  }
}
