package dev.skep.provider.tls;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** SHA-256 of the SubjectPublicKeyInfo of the one key a peer may have; 64 lower-case hex digits. */
public record SpkiPin(String sha256) {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  public SpkiPin {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw SkepException.of("pin-malformed", 400)
          .fault(Fault.CALLER)
          .because("a pin is the SHA-256 of a public key in 64 hex digits")
          .hint("Give the server's certificate (PEM) or its pin.");
    }
  }

  /** Reads the hex form; capitals and colons, as openssl prints them, are understood. */
  public static SpkiPin parse(String text) {
    return new SpkiPin(text.strip().replace(":", "").toLowerCase(Locale.ROOT));
  }

  public static SpkiPin of(Certificate certificate) {
    try {
      byte[] spki = certificate.getPublicKey().getEncoded();
      return new SpkiPin(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(spki)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads a file with either a PEM certificate or the pin itself. */
  public static SpkiPin read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      return text.contains(BEGIN) ? of(certificate(text)) : parse(text);
    } catch (IOException | GeneralSecurityException e) {
      throw SkepException.of("pin-unreadable", 400)
          .fault(Fault.CALLER)
          .because("cannot read a certificate or pin from " + file + ": " + e.getMessage())
          .hint("Give a file with the server's certificate (PEM) or its pin (64 hex digits).")
          .causedBy(e);
    }
  }

  private static Certificate certificate(String pem) throws GeneralSecurityException {
    byte[] bytes = pem.substring(pem.indexOf(BEGIN)).getBytes(StandardCharsets.US_ASCII);
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(bytes));
  }

  /** A TLS context that trusts a peer with this key and no other. */
  public SSLContext context() {
    return context(new PinnedTrust(this));
  }

  /** A TLS context with this trust, for callers who ask it afterwards whom it turned away. */
  public static SSLContext context(PinnedTrust trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  @Override
  public String toString() {
    return sha256;
  }
}
