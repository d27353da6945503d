package dev.skep.provider.queen;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.wire.Blob;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.provider.slot.LargePayloads;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Large payloads over the queen's REST API, under the lease of the session that is open. */
public final class JobBlobs implements LargePayloads {
  /** Bytes that are sent at a time. */
  static final int PART = 8 << 20;

  /** How often in a row a transfer may break. */
  private static final int TRIES = 8;

  private static final long MOST_PAUSE_MILLIS = 4_000;

  private final Supplier<QueenApi> queen;
  private volatile @Nullable SessionId session;
  private volatile boolean taken;

  public JobBlobs(Supplier<QueenApi> queen) {
    this.queen = queen;
  }

  /** A session opened; {@code queenTakes} when its queen knows blobs. */
  void session(SessionId opened, boolean queenTakes) {
    session = opened;
    taken = queenTakes;
  }

  private String path(AttemptRef attempt) {
    return "/api/connector/sessions/%s/attempts/%s/%d"
        .formatted(session, attempt.job(), attempt.number());
  }

  @Override
  public byte[] fetch(AttemptRef attempt, Blob input) {
    byte[] bytes = new byte[Math.toIntExact(input.size())];
    Progress progress = new Progress();
    while (progress.at < bytes.length) {
      progress.attempt(() -> receive(path(attempt) + "/input", bytes, progress));
    }
    if (!sha256(bytes).equals(input.sha256())) {
      throw unavailable("the input does not have the hash that the queen named");
    }
    return bytes;
  }

  private void receive(String path, byte[] bytes, Progress progress) throws IOException {
    HttpResponse<InputStream> answer = queen.get().open(path, progress.at);
    try (InputStream in = answer.body()) {
      if (answer.statusCode() == 200) {
        progress.at = 0;
      }
      while (progress.at < bytes.length) {
        int read = in.read(bytes, progress.at, Math.min(1 << 16, bytes.length - progress.at));
        if (read < 0) {
          throw new IOException("the input ended early");
        }
        progress.moved(read);
      }
    }
  }

  @Override
  public Optional<Blob> bring(AttemptRef attempt, byte[] output) {
    if (!taken || output.length <= WireLimits.BLOB_FROM) {
      return Optional.empty();
    }
    Blob blob = new Blob(sha256(output), output.length);
    String path = path(attempt) + "/output/" + blob.sha256();
    Progress progress = new Progress();
    while (progress.at < output.length) {
      progress.attempt(() -> send(path, output, progress));
    }
    return Optional.of(blob);
  }

  /** What the queen has of a part that broke she passes over when it comes again. */
  private void send(String path, byte[] output, Progress progress) {
    int to = Math.min(output.length, progress.at + PART);
    String range = "bytes " + progress.at + "-" + (to - 1) + "/" + output.length;
    byte[] part = Arrays.copyOfRange(output, progress.at, to);
    queen.get().put(path, part, Map.of("Content-Range", range));
    progress.moved(to - progress.at);
  }

  /** Counts what went through, and tries what breaks again, slower each time. */
  private static final class Progress {
    int at;
    private int broken;

    void moved(int bytes) {
      at += bytes;
      broken = 0;
    }

    void attempt(Step step) {
      try {
        step.run();
      } catch (SkepException e) {
        if (!e.isRetryable()) {
          throw e;
        }
        pause(e);
      } catch (IOException e) {
        pause(e);
      }
    }

    private void pause(Exception why) {
      if (++broken == TRIES) {
        throw unavailable(String.valueOf(why.getMessage())).causedBy(why);
      }
      try {
        Thread.sleep(Math.min(MOST_PAUSE_MILLIS, 50L << broken));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable("interrupted").causedBy(e);
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private static SkepException unavailable(String why) {
    return SkepException.of("payload-unavailable", 503)
        .fault(Fault.PROVIDER)
        .retryable(true)
        .because("a large payload did not get through between queen and provider: " + why)
        .hint("The job is tried on another slot.");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
