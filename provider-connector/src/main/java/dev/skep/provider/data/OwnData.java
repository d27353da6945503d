package dev.skep.provider.data;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.data.DataManifest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A file or folder of this machine, hashed. Empty folders, modes and times are no part of it.
 *
 * @param contents where each content lies, by its lower-case SHA-256; empty ones are left out
 */
public record OwnData(DataManifest manifest, Map<String, Path> contents) {
  public OwnData {
    contents = Map.copyOf(contents);
  }

  /**
   * Reads all files below a folder, or the one file.
   *
   * @param what names it in refusals, with its place in the pool's file
   * @throws SkepException {@code data-invalid} (CALLER): a link, a device, a name that some
   *     machines cannot have, too many files or bytes, or nothing there
   */
  public static OwnData read(String what, Path top) {
    Path root = Files.isDirectory(top) ? top : top.toAbsolutePath().getParent();
    try {
      Collected found = new Collected(root == null ? top : root);
      Files.walkFileTree(top, found);
      return new OwnData(new DataManifest(found.files), found.contents);
    } catch (IOException | IllegalArgumentException e) {
      throw SkepException.of("data-invalid", 400)
          .fault(Fault.CALLER)
          .because(what + ": cannot take " + top + ": " + e.getMessage())
          .hint("Name a file or a folder of plain files; 'cp -rL' makes one of a folder of links.")
          .causedBy(e);
    }
  }

  private static final class Collected extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<DataFile> files = new ArrayList<>();
    private final Map<String, Path> contents = new HashMap<>();
    private long bytes;

    Collected(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
      if (!of.isRegularFile()) {
        throw new IllegalArgumentException("'" + path(file) + "' is a link or a device");
      }
      bytes += of.size();
      if (files.size() == DataManifest.MOST_FILES || bytes > DataManifest.MOST_BYTES) {
        throw new IllegalArgumentException(
            "a data set has at most "
                + DataManifest.MOST_FILES
                + " files and "
                + (DataManifest.MOST_BYTES >> 20)
                + " MiB");
      }
      add(file);
      return FileVisitResult.CONTINUE;
    }

    private void add(Path file) throws IOException {
      String sha256 = Digests.sha256(file);
      long size = Files.size(file);
      files.add(new DataFile(path(file), size, sha256));
      if (size > 0) {
        contents.put(sha256, file);
      }
    }

    private String path(Path file) {
      Path relative = root.toAbsolutePath().relativize(file.toAbsolutePath());
      return StreamSupport.stream(relative.spliterator(), false)
          .map(Path::toString)
          .collect(Collectors.joining("/"));
    }
  }
}
