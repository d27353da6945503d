package dev.skep.provider.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A stable name of this machine for the queen, who keeps copies of a job on different machines. The
 * system's own id is hashed with a word of ours, so that nobody can match it elsewhere.
 */
public final class MachineId {
  private static final List<Path> SYSTEM =
      List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));

  private MachineId() {}

  /** The id, 32 hex digits; a system without one gets a random id that is kept in the home. */
  public static String of(SkepHome home) {
    for (Path file : SYSTEM) {
      String id = read(file);
      if (!id.isBlank()) {
        return hash(id);
      }
    }
    return hash(kept(home));
  }

  private static String kept(SkepHome home) {
    Path file = home.ensure().resolve("machine-id");
    String id = read(file);
    if (!id.isBlank()) {
      return id;
    }
    String fresh = UUID.randomUUID().toString();
    try {
      Files.writeString(file, fresh);
      return fresh;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static String hash(String id) {
    try {
      byte[] text = ("skep machine " + id).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
