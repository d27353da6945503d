package dev.skep.provider.bulk;

import dev.skep.protocol.wallet.TokenAmount;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where the answers of a run go, in the order of its lines. A file grows under a name of its own
 * and gets the output's when it is whole; a journal says how much of it counts. Not thread-safe.
 */
public final class RunOutput implements Closeable {
  private static final long MARK_NANOS = 500_000_000L;
  private static final int MARK_LINES = 5000;

  private final @Nullable Path target;
  private final @Nullable RunJournal journal;
  private final @Nullable FileChannel file;
  private final OutputStream out;
  private RunMark at;
  private long markedNanos = System.nanoTime();
  private long marked;

  private RunOutput(
      @Nullable Path target,
      @Nullable RunJournal journal,
      @Nullable FileChannel file,
      OutputStream out) {
    this.target = target;
    this.journal = journal;
    this.file = file;
    this.out = out;
    this.at = journal == null ? RunMark.START : journal.begin();
    this.marked = at.lines();
  }

  /** A stream that nothing can be taken back from: such a run begins at its first line. */
  public static RunOutput to(OutputStream stream) {
    return new RunOutput(null, null, null, new BufferedOutputStream(stream, 1 << 16));
  }

  /** A file; what it holds beyond the journal's last mark is cut off. */
  public static RunOutput to(Path target, RunJournal journal) throws IOException {
    FileChannel file =
        FileChannel.open(part(target), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!journal.begin().done()) {
      if (file.size() < journal.begin().outputBytes()) {
        file.close();
        throw new IOException(part(target) + " is shorter than its journal says");
      }
      file.truncate(journal.begin().outputBytes());
    }
    file.position(file.size());
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
    return new RunOutput(target, journal, file, out);
  }

  static Path part(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  RunMark at() {
    return at;
  }

  /** Writes the next line's answer. */
  void write(LineAnswer answer, String chain) throws IOException {
    byte[] line = answer.toLine();
    out.write(line);
    TokenAmount cost = at.cost().plus(answer.cost());
    long failed = at.failed() + (answer.problem() == null ? 0 : 1);
    at = new RunMark(at.lines() + 1, at.outputBytes() + line.length, failed, cost, chain, false);
    boolean due = System.nanoTime() - markedNanos > MARK_NANOS || at.lines() - marked > MARK_LINES;
    if (due) {
      mark(at);
    }
  }

  /** Makes all that was written count, whatever dies now. */
  void mark() throws IOException {
    mark(at);
  }

  private void mark(RunMark mark) throws IOException {
    out.flush();
    if (file != null && journal != null) {
      file.force(false);
      journal.mark(mark);
    }
    markedNanos = System.nanoTime();
    marked = mark.lines();
  }

  /** All lines are answered: the output gets its name. */
  void finish() throws IOException {
    if (target == null || journal == null) {
      out.flush();
      return;
    }
    mark(new RunMark(at.lines(), at.outputBytes(), at.failed(), at.cost(), at.chain(), true));
    out.close();
    settle(target, journal);
  }

  private static void settle(Path target, RunJournal journal) throws IOException {
    if (Files.exists(part(target))) {
      Files.move(part(target), target, StandardCopyOption.ATOMIC_MOVE);
    }
    journal.delete();
  }

  /** Ends a run that died between its last mark and its end. */
  public static void settleDone(Path target, RunJournal journal) throws IOException {
    settle(target, journal);
  }

  @Override
  public void close() throws IOException {
    if (file == null) {
      out.flush();
    } else if (file.isOpen()) {
      out.close();
    }
  }
}
