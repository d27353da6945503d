package dev.skep.provider.update;

import dev.skep.protocol.release.Software;
import dev.skep.protocol.release.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What this process was started from. */
public final class RunningProgram {
  /** Said by a program that runs from classes, not from a jar, which only developers do. */
  private static final String UNPACKAGED = "0.0.0-classes";

  private RunningProgram() {}

  /** How it names itself to a queen; reads the whole jar, which takes a tenth of a second. */
  public static Software software() {
    String build = jar().map(jar -> sha256(jar).substring(0, Software.BUILD_DIGITS)).orElse("");
    return new Software(version(), Software.WIRE, build);
  }

  static Version version() {
    String version = RunningProgram.class.getPackage().getImplementationVersion();
    return Version.parse(version == null ? UNPACKAGED : version);
  }

  /**
   * The words that start this program again: the launcher of an installation, else Java with the
   * jar. Throws {@code not-installed} when it runs from classes.
   */
  public static List<String> command() {
    if (Installation.isRunning()) {
      return List.of(Installation.running().launcher().toString());
    }
    Path jar = jar().orElseThrow(Installation::notInstalled);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-Xmx160m", "-XX:+UseSerialGC", "-jar", jar.toString());
  }

  /** The jar; empty when the program runs from classes. */
  static Optional<Path> jar() {
    try {
      CodeSource source = RunningProgram.class.getProtectionDomain().getCodeSource();
      if (source == null) {
        return Optional.empty();
      }
      return Optional.of(Path.of(source.getLocation().toURI())).filter(Files::isRegularFile);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a jar's place is a path", e);
    }
  }

  static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
        bytes.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
