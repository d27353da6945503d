package dev.skep.queen.job;

import dev.skep.protocol.wire.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Takes a stream into a file, no more than so many bytes, and computes its hash on the way. */
record Spool(Path file, long most) {

  Blob take(byte[] first, InputStream rest) throws IOException {
    MessageDigest digest = sha256();
    long size = first.length;
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      check(size);
      out.write(first);
      byte[] buffer = new byte[1 << 16];
      for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
        size += read;
        check(size);
        out.write(buffer, 0, read);
      }
    }
    return new Blob(HexFormat.of().formatHex(digest.digest()), size);
  }

  private void check(long size) {
    if (size > most) {
      throw JobInputs.tooLarge(most);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
