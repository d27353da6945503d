package dev.skep.provider.stream;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.stream.StreamFrame;
import dev.skep.protocol.stream.StreamFrame.Kind;
import dev.skep.protocol.yamux.YamuxSession;
import dev.skep.protocol.yamux.YamuxStream;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's stream, opened with the first thing it tells. Parts wait for their reader; once one
 * is lost, all later ones are, so that nobody takes a rest for the whole. Used by one thread.
 */
final class AttemptTelling implements JobStreams.Telling {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int LOG_PIECE = 12 * 1024;
  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final AttemptRef attempt;
  private final long deadline;
  private final Supplier<@Nullable YamuxSession> plane;
  private @Nullable YamuxStream stream;
  private boolean broken;
  private boolean logBroken;
  private long lastProgress = System.nanoTime() - PROGRESS_NANOS;

  AttemptTelling(AttemptRef attempt, Duration limit, Supplier<@Nullable YamuxSession> plane) {
    this.attempt = attempt;
    this.deadline = System.nanoTime() + limit.toNanos();
    this.plane = plane;
  }

  @Override
  public void part(int index, byte[] json) {
    YamuxStream open = open();
    if (open == null) {
      return;
    }
    try {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      open.write(new StreamFrame(Kind.PART, json).toBytes(), left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lose(open);
    } catch (IOException | RuntimeException e) { // whatever it is, the job must go on
      lose(open);
    }
  }

  /** Too many are dropped, except for the last one. */
  @Override
  public void progress(Progress progress) {
    long now = System.nanoTime();
    Double total = progress.total();
    boolean last = total != null && progress.done() == total;
    YamuxStream open = last || now - lastProgress >= PROGRESS_NANOS ? open() : null;
    if (open != null) {
      lastProgress = now;
      open.offer(new StreamFrame(Kind.PROGRESS, json(progress)).toBytes());
    }
  }

  private static byte[] json(Progress progress) {
    Double total = progress.total();
    String text =
        JSON.createObjectBuilder()
            .add("done", number(progress.done()))
            .add("total", total == null ? JsonValue.NULL : number(total))
            .add("text", progress.text())
            .build()
            .toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As a person would write it: 3, not 3.0. */
  private static JsonNumber number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? JSON.createValue((long) value)
        : JSON.createValue(value);
  }

  /** What is told stays a beginning of the whole: after the first piece that is lost, none goes. */
  @Override
  public void log(String text) {
    for (int from = 0; from < text.length() && !logBroken; from += LOG_PIECE) {
      String piece = text.substring(from, Math.min(text.length(), from + LOG_PIECE));
      YamuxStream open = open();
      byte[] frame = new StreamFrame(Kind.LOG, piece.getBytes(StandardCharsets.UTF_8)).toBytes();
      logBroken = open == null || !open.offer(frame);
    }
  }

  @Override
  public void end() {
    YamuxStream open = stream;
    if (open != null && !broken) {
      open.finish();
    }
    broken = true;
  }

  private @Nullable YamuxStream open() {
    if (broken || stream != null) {
      return broken ? null : stream;
    }
    YamuxSession session = plane.get();
    broken = session == null;
    if (session != null) {
      try {
        YamuxStream opened = session.open();
        opened.offer(StreamFrame.of(Kind.ATTEMPT, attempt).toBytes());
        stream = opened;
      } catch (IOException e) { // the plane has just broken
        broken = true;
      }
    }
    return stream;
  }

  private void lose(YamuxStream open) {
    broken = true;
    open.reset();
  }
}
