package dev.skep.provider.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a server whose leaf certificate carries the pinned key. Names, dates and issuers say
 * nothing more once the key is known, so they are not looked at; the handshake proves that the
 * server holds the key.
 */
public final class PinnedTrust extends X509ExtendedTrustManager {
  private final SpkiPin pin;
  private volatile @Nullable SpkiPin stranger;

  public PinnedTrust(SpkiPin pin) {
    this.pin = pin;
  }

  /** The key of a server that was turned away last; libraries hide it behind vaguer errors. */
  public Optional<SpkiPin> stranger() {
    return Optional.ofNullable(stranger);
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("the server showed no certificate");
    }
    SpkiPin seen = SpkiPin.of(chain[0]);
    if (!seen.equals(pin)) {
      stranger = seen;
      throw new CertificateException("the server's key " + seen + " is not the pinned key " + pin);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("only servers are checked here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
