package dev.skep.provider.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which sets are in use, and when each was used last. A use is a shared lock of a file, which ends
 * with the process however it ends. Callers hold the cache's lock.
 */
final class DataUses {
  /** Of this process: opening and closing such a file once more would drop its lock. */
  private static final Map<Path, FileChannel> HELD = new HashMap<>();

  private final Path folder;

  DataUses(Path folder) {
    this.folder = folder;
  }

  /** Notes a use that lasts until {@link #release} or the end of this process. */
  void hold(String set) throws IOException {
    Path file = file(set);
    if (!HELD.containsKey(file)) {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock unused = channel.lock(0, Long.MAX_VALUE, true);
      HELD.put(file, channel);
    }
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  boolean isUsed(String set) throws IOException {
    Path file = file(set);
    if (HELD.containsKey(file)) {
      return true;
    }
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free == null;
    }
  }

  FileTime lastUse(String set) throws IOException {
    return Files.exists(file(set))
        ? Files.getLastModifiedTime(file(set))
        : FileTime.from(Instant.EPOCH);
  }

  void forget(String set) throws IOException {
    Files.deleteIfExists(file(set));
  }

  void release() {
    HELD.entrySet()
        .removeIf(
            held -> {
              boolean ours = held.getKey().startsWith(folder);
              if (ours) {
                close(held.getValue());
              }
              return ours;
            });
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String set) {
    return folder.resolve(set).toAbsolutePath();
  }
}
