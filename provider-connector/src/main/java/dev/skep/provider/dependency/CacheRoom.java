package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.data.Download;
import dev.skep.provider.pool.Quantity;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bounds what is kept in the cache of this machine. Each entry, a file or a folder two levels below
 * the cache, is held by whoever uses it for as long as its process lives; what nobody holds goes
 * when room is needed, the longest unused first. Thread-safe, and safe between processes.
 */
public final class CacheRoom {
  private static final Set<String> KINDS = Set.of("files", "layers");
  private static final String LOCKS = "in-use";

  /** File locks belong to the process, and so does what is held by them. */
  private static final Map<Path, FileLock> HELD = new HashMap<>();

  private final Path cache;
  private final long most;
  private long size = -1;

  /** At most {@code most} bytes. */
  public CacheRoom(Path cache, long most) {
    this.cache = cache;
    this.most = most;
  }

  public Path cache() {
    return cache;
  }

  private record Entry(Path path, FileTime used, long bytes) {}

  /** Keeps an entry, present or to be made, from now on; to be called before it is looked for. */
  void hold(Path entry) throws IOException {
    synchronized (HELD) {
      if (!HELD.containsKey(entry)) {
        HELD.put(entry, open(entry).lock(0, Long.MAX_VALUE, true));
      }
    }
    if (Files.exists(entry)) {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    }
  }

  /** It is needed no more, but stays until its room is. */
  void release(Path entry) throws IOException {
    synchronized (HELD) {
      FileLock lock = HELD.remove(entry);
      if (lock != null) {
        lock.acquiredBy().close();
      }
    }
  }

  private FileChannel open(Path entry) throws IOException {
    Path locks = Files.createDirectories(cache.resolve(LOCKS));
    return FileChannel.open(
        locks.resolve(kind(entry) + "-" + entry.getFileName()),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /**
   * To be called before so many more bytes are written.
   *
   * @throws SkepException {@code disk-limit} (PROVIDER) when what is in use leaves no room
   */
  synchronized void take(long bytes) throws IOException {
    if (most == Long.MAX_VALUE) {
      return;
    }
    if (size < 0 || size + bytes > most) {
      size = makeRoom(bytes);
    }
    size += bytes;
  }

  /** A download whose bytes are taken room for as they come. */
  public Download.Part into(Download.Part part) {
    InputStream taken =
        new FilterInputStream(part.bytes()) {
          @Override
          public int read() throws IOException {
            return counted(super.read(), 1);
          }

          @Override
          public int read(byte[] to, int from, int most) throws IOException {
            int count = super.read(to, from, most);
            return counted(count, count);
          }
        };
    return new Download.Part(part.from(), taken);
  }

  private int counted(int read, int bytes) throws IOException {
    if (read >= 0) {
      take(bytes);
    }
    return read;
  }

  /** Removes what is too much. */
  public synchronized void tidy() throws IOException {
    if (most < Long.MAX_VALUE) {
      size = makeRoom(0);
    }
  }

  private long makeRoom(long bytes) throws IOException {
    List<Entry> entries = entries();
    long kept = entries.stream().mapToLong(Entry::bytes).sum();
    entries.sort(Comparator.comparing(Entry::used));
    for (Entry entry : entries) {
      if (kept + bytes > most && KINDS.contains(kind(entry.path())) && evict(entry.path())) {
        kept -= entry.bytes();
      }
    }
    if (kept + bytes > most) {
      throw full(kept, bytes);
    }
    return kept;
  }

  private String kind(Path entry) {
    return cache.relativize(entry).getName(0).toString();
  }

  private boolean evict(Path entry) throws IOException {
    synchronized (HELD) {
      if (HELD.containsKey(entry) || entry.getFileName().toString().equals("lock")) {
        return false;
      }
      try (FileChannel channel = open(entry);
          FileLock alone = channel.tryLock()) {
        if (alone != null) {
          remove(entry);
        }
        return alone != null;
      }
    }
  }

  /** Under another name first, so that no half of it is ever taken for the whole. */
  private static void remove(Path entry) throws IOException {
    Path gone = entry.resolveSibling("gone-" + entry.getFileName());
    Scratch.remove(gone);
    Files.move(entry, gone, StandardCopyOption.ATOMIC_MOVE);
    Scratch.remove(gone);
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Path kind : children(cache)) {
      for (Path entry : children(kind)) {
        entries.add(new Entry(entry, Files.getLastModifiedTime(entry), size(entry, seen)));
      }
    }
    return entries;
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var paths = Files.list(folder)) {
      return paths.toList();
    }
  }

  /** Bytes of everything that is kept. */
  public long used() {
    try {
      return Files.exists(cache) ? size(cache, new HashSet<>()) : 0;
    } catch (IOException | UncheckedIOException e) {
      return 0; // it changes while we count
    }
  }

  /** Each file once, however many hard links lead to it. */
  private static long size(Path entry, Set<Object> seen) throws IOException {
    long size = 0;
    try (var paths = Files.walk(entry)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        BasicFileAttributes of =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Object key = of.fileKey();
        size += of.isRegularFile() && (key == null || seen.add(key)) ? of.size() : 0;
      }
    }
    return size;
  }

  private SkepException full(long kept, long bytes) {
    return SkepException.of("disk-limit", 507)
        .fault(Fault.PROVIDER)
        .because(
            "the pools joined here keep %s, and %s more do not fit into the %s that limits.yml lends"
                .formatted(Quantity.about(kept), Quantity.about(bytes), Quantity.about(most)))
        .hint("Raise disk in limits.yml, or join a pool with fewer packages.");
  }
}
