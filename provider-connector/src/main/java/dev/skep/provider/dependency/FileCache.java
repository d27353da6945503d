package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.provider.data.Digests;
import dev.skep.provider.data.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files of this machine, each under its own hash. A broken download is taken up where it ended.
 * Callers hold the lock of {@link Layers}, so that one at a time writes.
 */
final class FileCache {
  /** The longest file that is fetched. */
  static final long MOST_BYTES = 512L << 20;

  private final Path folder;
  private final CacheRoom room;

  FileCache(CacheRoom room) {
    this.folder = room.cache().resolve("files");
    this.room = room;
  }

  /**
   * The file, fetched when it is not here; its hash was checked.
   *
   * @throws SkepException {@code dependency-unavailable} (PROVIDER) or {@code dependency-mismatch}
   */
  Path get(PinnedFile file, FileSource source) throws IOException {
    Path here = folder.resolve(file.digest());
    room.hold(here);
    if (Files.isRegularFile(here) && isRight(file, here)) {
      return here;
    }
    Files.createDirectories(folder);
    Path part = folder.resolve(file.digest() + ".part");
    room.hold(part);
    fetch(file, source, part);
    if (!isRight(file, part)) {
      Files.delete(part);
      room.release(part);
      throw mismatch(file);
    }
    Files.move(part, here, StandardCopyOption.ATOMIC_MOVE);
    room.release(part);
    return here;
  }

  /** What was made of the file does not need it any more. */
  void release(PinnedFile file) throws IOException {
    room.release(folder.resolve(file.digest()));
  }

  private static boolean isRight(PinnedFile file, Path here) throws IOException {
    return Digests.of(file.algorithm(), here).equals(file.digest());
  }

  private void fetch(PinnedFile file, FileSource source, Path part) {
    Download download =
        new Download(
            part,
            MOST_BYTES,
            () -> Unpacking.refused(file, "is longer than " + (MOST_BYTES >> 20) + " MiB"),
            bytes -> {});
    try {
      download.from(offset -> room.into(source.open(file, offset)));
    } catch (IOException e) {
      throw Sources.unavailable(file, String.valueOf(e)).causedBy(e);
    }
  }

  private static SkepException mismatch(PinnedFile file) {
    return SkepException.of("dependency-mismatch", 422)
        .fault(Fault.CALLER)
        .because(file.file() + " does not have the hash that the pool pinned, " + file.hash())
        .hint("Nothing of it was used. Tell the pool's owner, or join another pool.");
  }
}
