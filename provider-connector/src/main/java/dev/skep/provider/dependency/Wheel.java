package dev.skep.provider.dependency;

import dev.skep.protocol.pool.PinnedFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a Python wheel, a zip whose files lie as they are imported. It is read from its start, so
 * that a directory of millions of entries at its end never comes into memory. A link of a zip is an
 * ordinary entry with a mark that is not looked at: it becomes a file with the link's text.
 */
final class Wheel {
  /** What goes beside the packages, and what has no place here: scripts, headers, data. */
  private static final Pattern DATA = Pattern.compile("[^/]+\\.data/([a-z]+)/(.+)");

  private Wheel() {}

  static void unpack(PinnedFile file, Path archive, Unpacking to) throws IOException {
    int entries = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries++;
        Optional<String> place = entry.isDirectory() ? Optional.empty() : place(entry.getName());
        if (place.isPresent()) {
          to.write(file, place.get(), zip);
        }
      }
    }
    if (entries == 0) {
      throw Unpacking.refused(file, "is not a zip, or an empty one");
    }
  }

  private static Optional<String> place(String name) {
    Matcher data = DATA.matcher(name);
    if (!data.matches()) {
      return Optional.of(name);
    }
    String scheme = data.group(1);
    boolean importable = scheme.equals("purelib") || scheme.equals("platlib");
    return importable ? Optional.of(data.group(2)) : Optional.empty();
  }
}
