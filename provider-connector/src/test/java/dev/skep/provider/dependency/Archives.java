package dev.skep.provider.dependency;

import dev.skep.protocol.pool.PinnedFile;
import dev.skep.provider.runtime.JobSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Wheels and packed packages for tests, right and hostile ones. */
public final class Archives {
  private Archives() {}

  /** A wheel that installs, with the module's text. */
  public static byte[] wheel(String name, String version, String module) {
    String info = name + "-" + version + ".dist-info/";
    return zip(
        Map.of(
            name + "/__init__.py",
            module,
            info + "METADATA",
            "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n",
            info + "WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            info + "RECORD",
            ""));
  }

  public static byte[] zip(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** A packed package with one entry of that type, {@code '0'} for a file. */
  public static byte[] tarball(String name, char type, String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(entry(name, type, content.getBytes(StandardCharsets.UTF_8)));
      zipped.write(new byte[1024]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] entry(String name, char type, byte[] content) {
    byte[] entry = new byte[512 + (content.length + 511) / 512 * 512];
    put(entry, 0, name);
    put(entry, 100, "0000644");
    put(entry, 124, "%011o".formatted(content.length));
    put(entry, 136, "%011o".formatted(0));
    put(entry, 148, "        ");
    entry[156] = (byte) type;
    put(entry, 157, type == '2' ? "/etc/passwd" : "");
    put(entry, 257, "ustar\00000");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += entry[i] & 0xff;
    }
    put(entry, 148, "%06o\0 ".formatted(sum));
    System.arraycopy(content, 0, entry, 512, content.length);
    return entry;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  /** The pin of a file that travels with its pool; {@code path} is null for a wheel. */
  public static PinnedFile pin(String file, byte[] bytes, @Nullable String path) {
    String sha256 = JobSpec.sha256(bytes);
    return new PinnedFile("thing", "1.0", file, "sha256:" + sha256, null, path);
  }
}
