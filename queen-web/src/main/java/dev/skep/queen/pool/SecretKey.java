package dev.skep.queen.pool;

import dev.skep.protocol.secret.Cipher256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The key that pools' secrets are closed with: a file of this server, made when first needed,
 * readable by its user alone. All nodes of one database need the same file.
 */
@ApplicationScoped
public class SecretKey {
  private static final String FILE = "pool-secrets.key";

  @Inject Config config;

  private byte @Nullable [] key;

  /** Thirty-two random bytes, the same at each start. */
  synchronized byte[] bytes() {
    byte[] known = key;
    if (known == null) {
      known = read(Path.of(config.getValue("SKEP_DATA", String.class)).resolve(FILE));
      key = known;
    }
    return known;
  }

  static byte[] read(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != Cipher256.KEY) {
        throw new IllegalStateException(file + " does not hold " + Cipher256.KEY + " bytes");
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole or not at all, and never readable by others in between. */
  private static void make(Path file) throws IOException {
    byte[] key = new byte[Cipher256.KEY];
    new SecureRandom().nextBytes(key);
    Path draft = file.resolveSibling(FILE + "." + Long.toHexString(System.nanoTime()));
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(draft, key, StandardOpenOption.WRITE);
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another node was first; its key counts.
      return;
    } finally {
      Files.delete(draft);
    }
  }
}
