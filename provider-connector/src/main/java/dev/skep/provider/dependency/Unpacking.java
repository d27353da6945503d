package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.PinnedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * Writes the files of archives below one folder. An archive comes from a stranger: names that lead
 * out of the folder, links, and more files or bytes than a layer may have are refused. Bytes are
 * counted as they come out, whatever the archive says its sizes are.
 */
final class Unpacking {
  /** The most files of one layer. */
  static final int MOST_FILES = 100_000;

  /** The most bytes of one layer. */
  static final long MOST_BYTES = 4L << 30;

  private static final int MOST_DEPTH = 40;
  private static final Pattern STEP = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,200}");

  private final Path top;
  private final CacheRoom room;
  private final int mostFiles;
  private final long mostBytes;
  private int files;
  private long bytes;

  Unpacking(Path top, CacheRoom room) {
    this(top, room, MOST_FILES, MOST_BYTES);
  }

  Unpacking(Path top, CacheRoom room, int mostFiles, long mostBytes) {
    this.top = top;
    this.room = room;
    this.mostFiles = mostFiles;
    this.mostBytes = mostBytes;
  }

  /** Writes one file; where two packages bring the same one, the first stays. */
  void write(PinnedFile from, String name, InputStream content) throws IOException {
    Path target = target(from, name);
    if (++files > mostFiles) {
      throw refused(from, "brings the layer over " + mostFiles + " files");
    }
    Files.createDirectories(target.getParent());
    try (OutputStream out =
        Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      copy(from, content, out);
    } catch (FileAlreadyExistsException e) {
      copy(from, content, OutputStream.nullOutputStream());
    }
  }

  private Path target(PinnedFile from, String name) {
    String[] steps = name.split("/", -1);
    if (steps.length > MOST_DEPTH) {
      throw refused(from, "has folders deeper than " + MOST_DEPTH);
    }
    Path target = top;
    for (String step : steps) {
      if (!STEP.matcher(step).matches() || step.equals(".") || step.equals("..")) {
        throw refused(from, "has a file whose name leads elsewhere: '" + shown(name) + "'");
      }
      target = target.resolve(step);
    }
    return target;
  }

  private void copy(PinnedFile from, InputStream content, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      bytes += read;
      if (bytes > mostBytes) {
        throw refused(from, "unpacks to more than the " + mostBytes + " bytes of one layer");
      }
      store(out, buffer, read);
    }
  }

  /** A full disk is this machine's; what else goes wrong here is the archive's. */
  private void store(OutputStream out, byte[] buffer, int length) {
    try {
      room.take(length);
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name of a stranger's, short and without control characters. */
  static String shown(String name) {
    String cut = name.length() > 100 ? name.substring(0, 100) + "..." : name;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  static SkepException refused(PinnedFile file, String why) {
    return SkepException.of("dependency-invalid", 422)
        .fault(Fault.CALLER)
        .because(file.file() + " " + why)
        .hint("The pool's owner has to choose another package; nothing of this one was used.");
  }
}
