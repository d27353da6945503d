package dev.skep.queen.bulk;

import dev.skep.protocol.SkepException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One bulk request, both ways at once and without a thread of its own. A line is in the window from
 * its reading until its answer was handed to the connection: when the window is full nothing more
 * is read, so a client that sends too fast waits in TCP, and one that reads too slowly stops its
 * own sending. Hanging up cancels nothing: every job has a key to come back with.
 */
final class BulkExchange implements ReadListener, WriteListener {
  private static final System.Logger LOG = System.getLogger(BulkExchange.class.getName());
  static final int LONGEST_LINE = 256 * 1024;
  static final int WINDOW = 256;

  /** Answers that wait for a slow reader; later ones it has to ask for again. */
  static final long MOST_UNREAD = 8 << 20;

  private final ServletInputStream in;
  private final ServletOutputStream out;
  private final Function<BulkLine, CompletableFuture<byte[]>> jobs;
  private final Consumer<BulkExchange> whenOver;
  private final LineSplitter lines = new LineSplitter(LONGEST_LINE);
  private final ArrayDeque<byte[]> answers = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long unread;
  private int inWindow;
  private int running;
  private boolean allReceived;
  private boolean allRead;
  private boolean unflushed = true;
  private boolean over;
  private volatile long movedNanos = System.nanoTime();

  BulkExchange(
      AsyncContext context,
      Function<BulkLine, CompletableFuture<byte[]>> jobs,
      Consumer<BulkExchange> whenOver)
      throws IOException {
    this.in = context.getRequest().getInputStream();
    this.out = context.getResponse().getOutputStream();
    this.jobs = jobs;
    this.whenOver = whenOver;
  }

  /** Grizzly calls nobody for a body that came along with its head: so we look once ourselves. */
  void start() {
    out.setWriteListener(this);
    in.setReadListener(this);
    pump();
  }

  @Override
  public void onDataAvailable() {
    pump();
  }

  @Override
  public void onWritePossible() {
    pump();
  }

  /** All has come in, says Grizzly, whether we have read it or not. */
  @Override
  public void onAllDataRead() {
    lock.lock();
    try {
      allReceived = true;
    } finally {
      lock.unlock();
    }
    pump();
  }

  @Override
  public void onError(Throwable gone) {
    // The client hung up: its jobs go on, and their answers wait under their keys.
    LOG.log(System.Logger.Level.DEBUG, "a bulk client is gone: {0}", gone);
    end();
  }

  /** Whether the client neither sent nor took anything since then, with no job of its running. */
  boolean stalledSince(long nanos) {
    lock.lock();
    try {
      return running == 0 && movedNanos - nanos < 0;
    } finally {
      lock.unlock();
    }
  }

  /** A blank line when nothing else is to be said: client and proxies hear that we live. */
  void ping() {
    lock.lock();
    try {
      if (!over && answers.isEmpty() && out.isReady()) {
        out.write('\n');
        unflushed = true;
      }
    } catch (IOException | IllegalStateException gone) {
      onError(gone);
    } finally {
      lock.unlock();
    }
    pump();
  }

  /** Moves what can be moved, in both directions; called whenever something changed. */
  private void pump() {
    lock.lock();
    try {
      if (lock.getHoldCount() == 1) { // else the loop further down this stack goes on
        moveAll();
      }
    } catch (IOException | UncheckedIOException | IllegalStateException gone) {
      onError(gone);
    } finally {
      lock.unlock();
    }
  }

  private void moveAll() throws IOException {
    boolean moved = true;
    while (moved && !over) {
      moved = write();
      moved |= read();
    }
    if (!over && allRead && inWindow == 0 && !lines.wantsMore()) {
      end();
    }
  }

  private boolean write() throws IOException {
    boolean moved = false;
    while (!answers.isEmpty() && out.isReady()) {
      byte[] line = answers.remove();
      unread -= line.length;
      inWindow--;
      out.write(line);
      moved = true;
      unflushed = true;
    }
    if (unflushed && answers.isEmpty() && out.isReady()) {
      out.flush();
      unflushed = false;
    }
    return moved && moved();
  }

  private boolean read() throws IOException {
    boolean moved = false;
    while (inWindow < WINDOW) {
      LineSplitter.Line line = lines.next();
      if (line != null) {
        take(line);
        moved = true;
      } else if (lines.wantsMore() && canRead()) {
        allRead |= !lines.read(in);
        moved = true;
      } else if (lines.wantsMore() && allReceived) {
        lines.end(); // what is left without a line feed is the last line
        allRead = true;
      } else {
        break;
      }
    }
    return moved && moved();
  }

  private boolean canRead() throws IOException {
    return allReceived ? in.available() > 0 : in.isReady();
  }

  private boolean moved() {
    movedNanos = System.nanoTime();
    return true;
  }

  private void take(LineSplitter.Line line) {
    inWindow++;
    BulkLine order = order(line);
    if (order != null) {
      running++;
      jobs.apply(order).thenAccept(answer -> answered(order, answer));
    }
  }

  private @Nullable BulkLine order(LineSplitter.Line line) {
    byte[] text = line.text();
    try {
      if (text == null) {
        throw tooLong();
      }
      return BulkLine.parse(text);
    } catch (SkepException e) {
      queue(AnswerLine.unreadable(line.number(), e.problem()));
      return null;
    }
  }

  private void answered(BulkLine order, byte[] answer) {
    lock.lock();
    try {
      running--;
      moved();
      queue(unread > MOST_UNREAD ? AnswerLine.refused(order, slow().problem()) : answer);
    } finally {
      lock.unlock();
    }
    pump();
  }

  private void queue(byte[] answer) {
    answers.add(answer);
    unread += answer.length;
  }

  /** Ends the exchange; what was not written is not written any more. */
  void end() {
    lock.lock();
    try {
      if (over) {
        return;
      }
      over = true;
      answers.clear();
    } finally {
      lock.unlock();
    }
    whenOver.accept(this);
  }

  private static SkepException tooLong() {
    return SkepException.of("line-too-long", 413)
        .because("a line has at most " + LONGEST_LINE + " bytes")
        .hint("Send less in one line.");
  }

  private static SkepException slow() {
    return SkepException.of("answers-unread", 429)
        .because("the job ended, but answers pile up faster than they are read")
        .hint("Read on, and send the line again under its key: its answer is kept.");
  }
}
