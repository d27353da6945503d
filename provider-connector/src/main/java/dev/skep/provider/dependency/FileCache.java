package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.PinnedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files of this machine, each under its own hash. A broken download is taken up where it ended.
 * Callers hold the lock of {@link Layers}, so that one at a time writes.
 */
final class FileCache {
  /** The longest file that is fetched. */
  static final long MOST_BYTES = 512L << 20;

  private static final int TRIES = 3;

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
    return Hashes.of(file.algorithm(), here).equals(file.digest());
  }

  private void fetch(PinnedFile file, FileSource source, Path part) throws IOException {
    IOException last = new IOException("not tried");
    for (int i = 0; i < TRIES; i++) {
      try {
        append(file, source, part);
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw Sources.unavailable(file, String.valueOf(last)).causedBy(last);
  }

  private void append(PinnedFile file, FileSource source, Path part) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    FileSource.Part rest = source.open(file, have);
    StandardOpenOption mode =
        rest.from() == have && have > 0
            ? StandardOpenOption.APPEND
            : StandardOpenOption.TRUNCATE_EXISTING;
    try (InputStream in = rest.bytes();
        OutputStream out =
            Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      copy(file, in, out, rest.from());
    }
  }

  private void copy(PinnedFile file, InputStream in, OutputStream out, long from)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = from;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
      if (total > MOST_BYTES) {
        throw Unpacking.refused(file, "is longer than " + (MOST_BYTES >> 20) + " MiB");
      }
      room.take(read);
      out.write(buffer, 0, read);
    }
  }

  private static SkepException mismatch(PinnedFile file) {
    return SkepException.of("dependency-mismatch", 422)
        .fault(Fault.CALLER)
        .because(file.file() + " does not have the hash that the pool pinned, " + file.hash())
        .hint("Nothing of it was used. Tell the pool's owner, or join another pool.");
  }
}
