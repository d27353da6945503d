package dev.skep.provider.bulk;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a run beside its output: a head that names the run, then one mark after the other,
 * each a line of checksum and JSON, appended and forced to disk. A last line that a death tore is
 * as if it had not been written. Held by one process at a time.
 */
public final class RunJournal implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private final String run;
  private final RunMark begin;

  private RunJournal(Path file, FileChannel channel, String run, RunMark begin) {
    this.file = file;
    this.channel = channel;
    this.run = run;
    this.begin = begin;
  }

  /** Where the journal of an output lies. */
  public static Path beside(Path output) {
    return output.resolveSibling(output.getFileName() + ".journal");
  }

  /**
   * Opens the journal of a run, or begins one.
   *
   * @param wanted the run's id; null takes the journal's own, or {@code fresh} for a new run
   */
  public static RunJournal open(Path file, PoolId pool, @Nullable String wanted, String fresh) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return open(file, channel, new Head(pool, wanted), fresh);
    } catch (IOException e) {
      throw unusable(file, e.toString()).causedBy(e);
    }
  }

  private static RunJournal open(Path file, FileChannel channel, Head wanted, String fresh)
      throws IOException {
    try {
      lock(file, channel);
      List<String> lines = whole(file, channel);
      String run = wanted.run();
      return lines.isEmpty()
          ? begin(file, channel, wanted.pool(), run == null ? fresh : run)
          : resume(file, channel, wanted, lines);
    } catch (SkepException | IOException e) {
      channel.close(); // and with it the lock
      throw e;
    }
  }

  private record Head(PoolId pool, @Nullable String run) {}

  private static void lock(Path file, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process; said like any other holder.
    }
    throw SkepException.of("run-in-progress", 409)
        .fault(Fault.CALLER)
        .because("another process is at work on the run of " + file)
        .hint("Wait for it, or give another --output.");
  }

  private static RunJournal begin(Path file, FileChannel channel, PoolId pool, String run)
      throws IOException {
    JsonObject head =
        Json.createObjectBuilder()
            .add("skep", "run")
            .add("version", 1)
            .add("run", run)
            .add("pool", pool.toString())
            .build();
    RunJournal journal = new RunJournal(file, channel, run, RunMark.START);
    journal.append(head);
    return journal;
  }

  private static RunJournal resume(
      Path file, FileChannel channel, Head wanted, List<String> lines) {
    try {
      JsonObject head = object(lines.get(0));
      String run = head.getString("run");
      requireSame(file, "pool", wanted.pool().toString(), head.getString("pool"));
      requireSame(file, "run", wanted.run() == null ? run : wanted.run(), run);
      RunMark last =
          lines.size() == 1 ? RunMark.START : RunMark.fromJson(object(lines.get(lines.size() - 1)));
      return new RunJournal(file, channel, run, last);
    } catch (NullPointerException | ClassCastException | ArithmeticException | JsonException e) {
      throw unusable(file, "it is not a run's journal").causedBy(e);
    }
  }

  private static void requireSame(Path file, String what, String wanted, String found) {
    if (!wanted.equals(found)) {
      throw SkepException.of("journal-of-another-run", 409)
          .fault(Fault.CALLER)
          .because(file + " belongs to " + what + " " + found + ", not " + wanted)
          .hint("Give another --output, or remove that file to begin anew.");
    }
  }

  /** The lines whose checksum holds; leaves the channel behind the last of them. */
  private static List<String> whole(Path file, FileChannel channel) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf('\n') + 1;
    List<String> lines = text.substring(0, end).lines().toList();
    for (String line : lines) {
      if (line.length() < 10 || !checksum(line.substring(9)).equals(line.substring(0, 8))) {
        throw unusable(file, "one of its lines is damaged");
      }
    }
    channel.truncate(end);
    channel.position(end);
    return lines.stream().map(line -> line.substring(9)).toList();
  }

  private static JsonObject object(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return String.format("%08x", crc.getValue());
  }

  public String run() {
    return run;
  }

  /** Where the run stood when the journal was opened. */
  public RunMark begin() {
    return begin;
  }

  /** Appends a mark; on disk when this returns. */
  void mark(RunMark mark) throws IOException {
    append(mark.toJson());
  }

  private void append(JsonObject json) throws IOException {
    String text = json.toString();
    String line = checksum(text) + " " + text + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  /** The run is over and its output in place: nothing is left to remember. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }

  private static SkepException unusable(Path file, String why) {
    return SkepException.of("journal-unusable", 400)
        .fault(Fault.CALLER)
        .because("the journal " + file + " cannot be used: " + why)
        .hint("Give another --output, or remove that file to begin anew.");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
