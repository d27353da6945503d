package dev.skep.provider.update;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A program of this one class that names itself as the real one does, or says other words. */
public final class VersionProgram {
  private static final String RIGHT = "-";

  private VersionProgram() {}

  /** Prints what {@code --version} has to say. */
  public static void main(String[] args) throws Exception {
    Path jar =
        Path.of(VersionProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes said = file.getManifest().getMainAttributes();
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      String build = HexFormat.of().formatHex(sha256).substring(0, 12);
      String own = "skep-java/" + said.getValue("Version") + " wire/1 build/" + build;
      String words = said.getValue("Words");
      System.out.println(words.equals(RIGHT) ? own : words);
    }
  }

  /** A jar of this version; {@code words} instead of the right ones unless they are empty. */
  static byte[] jar(String version, String words) throws IOException {
    Manifest manifest = new Manifest();
    Attributes said = manifest.getMainAttributes();
    said.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    said.put(Attributes.Name.MAIN_CLASS, VersionProgram.class.getName());
    said.putValue("Version", version);
    said.putValue("Words", words.isEmpty() ? RIGHT : words);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String name = VersionProgram.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream file = new JarOutputStream(bytes, manifest);
        InputStream code = VersionProgram.class.getResourceAsStream("/" + name)) {
      file.putNextEntry(new JarEntry(name));
      code.transferTo(file);
      file.closeEntry();
    }
    return bytes.toByteArray();
  }
}
