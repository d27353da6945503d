package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.provider.runtime.DependencyLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The layers of this machine: one folder per lock, named by the lock's hash, so that pools with the
 * same packages share it. Made in a folder of its own and moved into place when it is whole, so
 * that a layer that is there is complete. Thread-safe, and safe between processes.
 */
public final class Layers {
  /** A file lock keeps processes apart, and is an error between threads. */
  private static final Object ONE = new Object();

  private final Path folder;
  private final FileCache files;
  private final CacheRoom room;

  /** The cache holds {@code files} and {@code layers}; made when first needed. */
  public Layers(CacheRoom room) {
    this.folder = room.cache().resolve("layers");
    this.files = new FileCache(room);
    this.room = room;
  }

  /** The layer of a lock; nothing is fetched before its folder is asked for. */
  public DependencyLayer of(DependencyLock lock, FileSource source) {
    return () -> Optional.of(folder(lock, source));
  }

  private Path folder(DependencyLock lock, FileSource source) {
    Path layer = folder.resolve(lock.sha256());
    synchronized (ONE) {
      try {
        Files.createDirectories(folder);
        try (FileChannel channel = lockFile();
            FileLock held = channel.lock()) {
          room.hold(layer);
          if (!Files.isDirectory(layer)) {
            build(lock, source, layer);
          }
          return layer;
        }
      } catch (IOException | UncheckedIOException e) {
        throw broken(lock, e);
      }
    }
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void build(DependencyLock lock, FileSource source, Path layer) throws IOException {
    Path draft = Files.createTempDirectory(folder, "draft");
    room.hold(draft);
    try {
      Unpacking to = new Unpacking(draft, room);
      for (PinnedFile file : lock.files()) {
        unpack(lock.kind(), file, files.get(file, source), to);
      }
      open(draft);
      Files.move(draft, layer, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Scratch.remove(draft);
      room.release(draft);
      for (PinnedFile file : lock.files()) {
        files.release(file);
      }
    }
  }

  private static void unpack(Language kind, PinnedFile file, Path archive, Unpacking to)
      throws IOException {
    try {
      if (kind == Language.PYTHON) {
        Wheel.unpack(file, archive, to);
      } else {
        Tarball.unpack(file, archive, to);
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) { // its hash is right, so it was made so
      throw Unpacking.refused(file, "cannot be unpacked: " + e.getMessage()).causedBy(e);
    }
  }

  /** Jobs run as another user than the one who made the layer: they may read, nobody may write. */
  private static void open(Path draft) throws IOException {
    try (var paths = Files.walk(draft)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String mode = Files.isDirectory(path) ? "rwxr-xr-x" : "r--r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
      }
    }
  }

  private static SkepException broken(DependencyLock lock, Exception e) {
    return SkepException.of("dependency-unavailable", 503)
        .fault(Fault.PROVIDER)
        .retryable(true)
        .because("cannot make the layer " + lock.sha256() + " of packages: " + e)
        .hint("Is there room on the disk of SKEP_HOME? The connector tries again by itself.")
        .causedBy(e);
  }
}
