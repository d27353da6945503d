package dev.skep.provider.data;

import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.data.DataManifest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where contents, lists and sets lie. Callers hold the cache's lock.
 *
 * <p>Jobs run as another user than the one who keeps this: they may read, nobody may write.
 */
final class DataStore {
  private final Path folder;
  private final Path sets;
  private final Path contents;
  private final Path lists;

  DataStore(Path folder) {
    this.folder = folder;
    this.sets = folder.resolve("sets");
    this.contents = folder.resolve("files");
    this.lists = folder.resolve("lists");
  }

  void make() throws IOException {
    for (Path each : List.of(folder, sets, contents, lists)) {
      Files.createDirectories(each);
    }
  }

  Path tree(String set) {
    return sets.resolve(set);
  }

  Path list(String set) {
    return lists.resolve(set);
  }

  Path content(String sha256) {
    return contents.resolve(sha256);
  }

  /** Where a content lies while it is not whole. */
  Path part(String sha256) {
    return contents.resolve(sha256 + ".part");
  }

  /** Whether a content is here with the right bytes. */
  static boolean isRight(Path here, long size, String sha256) throws IOException {
    return Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)
        && Files.size(here) == size
        && Digests.sha256(here).equals(sha256);
  }

  /** Whether a set's folder has all its files with the right bytes. */
  boolean isWhole(DataManifest manifest, Path tree) throws IOException {
    for (DataFile file : manifest.files()) {
      if (!isRight(tree.resolve(file.path()), file.size(), file.sha256())) {
        return false;
      }
    }
    return true;
  }

  /** Makes a set's folder of links to contents, in a draft that is moved when it is whole. */
  void link(DataManifest manifest, Path tree) throws IOException {
    Path draft = Files.createTempDirectory(folder, "draft");
    try {
      for (DataFile file : manifest.files()) {
        Path place = draft.resolve(file.path());
        Files.createDirectories(place.getParent());
        Files.createLink(place, content(file.sha256()));
      }
      open(draft);
      remove(tree);
      Files.move(draft, tree, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      remove(draft);
    }
  }

  private static void open(Path draft) throws IOException {
    try (Stream<Path> paths = Files.walk(draft)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isDirectory)::iterator) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  /** Takes a whole content in. */
  void keep(Path part, String sha256) throws IOException {
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r--r--r--"));
    Files.move(part, content(sha256), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets a set; its contents stay until {@link #sweep}. */
  void forget(String set) throws IOException {
    remove(tree(set));
    Files.deleteIfExists(list(set));
  }

  /** Removes contents that no set has, whole or not, but for what is wanted now. */
  void sweep(DataManifest wanted) throws IOException {
    Set<String> keep =
        wanted.files().stream().map(DataFile::sha256).collect(Collectors.toUnmodifiableSet());
    for (Path content : children(contents)) {
      String name = content.getFileName().toString().replace(".part", "");
      if (!keep.contains(name) && (Integer) Files.getAttribute(content, "unix:nlink") == 1) {
        Files.delete(content);
      }
    }
  }

  /** How many bytes of a content are here. */
  long have(String sha256) throws IOException {
    Path here = Files.exists(content(sha256)) ? content(sha256) : part(sha256);
    return Files.exists(here) ? Files.size(here) : 0;
  }

  /** The bytes of all contents. */
  long size() throws IOException {
    long size = 0;
    for (Path content : children(contents)) {
      size += Files.size(content);
    }
    return size;
  }

  /** What the disk has left for us. */
  long free() throws IOException {
    return Files.getFileStore(contents).getUsableSpace();
  }

  List<String> sets() throws IOException {
    return children(sets).stream().map(path -> path.getFileName().toString()).toList();
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }

  private static void remove(Path tree) throws IOException {
    if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(tree, new Remover());
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.delete(dir);
      return FileVisitResult.CONTINUE;
    }
  }
}
