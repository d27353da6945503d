package dev.skep.queen.download;

import dev.skep.protocol.release.ReleaseKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * The queen's release key: an Ed25519 pair in a file that only the server's user may read, made on
 * first use and kept ever after, since connectors pin its public half.
 */
final class ReleaseSigner {
  private final PrivateKey privateKey;
  private final ReleaseKey key;

  private ReleaseSigner(PrivateKey privateKey, ReleaseKey key) {
    this.privateKey = privateKey;
    this.key = key;
  }

  /** Reads the pair of this file, or makes one and keeps it there. */
  static ReleaseSigner of(Path file) {
    try {
      if (!Files.exists(file)) {
        keep(file, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
      }
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the release key in " + file, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("the release key in " + file + " is damaged", e);
    }
  }

  /** The private half's PKCS #8 form, then the public half's X.509 form, as base64 lines. */
  private static void keep(Path file, KeyPair pair) throws IOException {
    Base64.Encoder base64 = Base64.getEncoder();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        fresh,
        List.of(
            base64.encodeToString(pair.getPrivate().getEncoded()),
            base64.encodeToString(pair.getPublic().getEncoded())));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ReleaseSigner read(Path file) throws IOException, GeneralSecurityException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != 2) {
      throw new IllegalArgumentException("expected two lines, found " + lines.size());
    }
    byte[] form = Base64.getDecoder().decode(lines.get(0));
    PrivateKey half =
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(form));
    return new ReleaseSigner(half, new ReleaseKey(lines.get(1)));
  }

  ReleaseKey key() {
    return key;
  }

  /** The signature as base64. */
  String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(message);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the release key cannot sign", e);
    }
  }
}
