package dev.skep.provider.dependency;

import dev.skep.protocol.pool.PinnedFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Unpacks an npm package: a tar whose files lie in one folder, whatever that is called. */
final class Tarball {
  private Tarball() {}

  static void unpack(PinnedFile file, Path archive, Unpacking to) throws IOException {
    try (InputStream zipped = new BufferedInputStream(Files.newInputStream(archive));
        TarReader tar = new TarReader(new GZIPInputStream(zipped))) {
      Optional<TarReader.Entry> entry = tar.next();
      while (entry.isPresent()) {
        if (!entry.get().isFolder()) {
          to.write(file, place(file, entry.get()), tar);
        }
        entry = tar.next();
      }
    }
  }

  private static String place(PinnedFile file, TarReader.Entry entry) {
    int slash = entry.name().indexOf('/');
    if (!entry.isFile()) {
      throw Unpacking.refused(
          file, "has a link or a device, not a plain file: " + Unpacking.shown(entry.name()));
    }
    if (slash < 0) {
      throw Unpacking.refused(
          file, "has a file outside its folder: " + Unpacking.shown(entry.name()));
    }
    return file.path() + entry.name().substring(slash);
  }
}
