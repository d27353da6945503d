package dev.skep.queen.download;

import dev.skep.protocol.release.ReleaseKey;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The connector this queen offers.
 *
 * @param signature of the manifest's text, base64
 */
record Release(ReleaseManifest manifest, String signature, ReleaseKey key, Path jar) {
  static Release of(Path jar, ReleaseSigner signer) throws IOException {
    Attributes attributes = attributes(jar);
    ReleaseManifest manifest =
        new ReleaseManifest(
            Version.parse(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION)),
            Integer.parseInt(attributes.getValue("Skep-Wire")),
            sha256(jar),
            Files.size(jar));
    return new Release(manifest, signer.sign(manifest.bytes()), signer.key(), jar);
  }

  private static Attributes attributes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest == null ? new Attributes() : manifest.getMainAttributes();
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
        bytes.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
