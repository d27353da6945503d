package dev.skep.queen.job;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.blob.BlobBook;
import dev.skep.queen.dispatch.Answer;
import dev.skep.queen.dispatch.BlobRef;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Gives clients outputs that are kept as blobs. A client that reads slowly holds a thread, so these
 * threads are their own: no other answer waits behind it.
 */
@ApplicationScoped
public class LargeAnswers {
  private static final int THREADS = 16;

  @Inject BlobBook blobs;

  @Resource(lookup = "concurrent/skepThreads")
  ManagedThreadFactory threads;

  private @Nullable ExecutorService writing;

  @PostConstruct
  void start() {
    writing = Executors.newFixedThreadPool(THREADS, threads);
  }

  /** Resumes a waiting client, on a thread of ours when much is to be written. */
  void resume(AsyncResponse client, @Nullable Answer answer, Response response) {
    ExecutorService large = writing;
    if (answer != null && BlobRef.isMark(answer.output()) && large != null) {
      large.execute(() -> client.resume(response));
    } else {
      client.resume(response);
    }
  }

  /**
   * An answer whose output can be said in an event or a line: what has up to 1 MiB is put into it,
   * whatever way it came. When that does not work it stays where it is and can be fetched.
   */
  public Answer spelledOut(Answer answer) {
    Optional<BlobRef> blob =
        BlobRef.of(answer.output()).filter(ref -> ref.size() <= WireLimits.MAX_OUTPUT);
    if (blob.isEmpty()) {
      return answer;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) blob.get().size());
    try {
      blobs.write(blob.get(), 0, bytes);
    } catch (IOException | SkepException e) {
      return answer;
    }
    return new Answer(
        answer.job(), answer.state(), bytes.toByteArray(), answer.problem(), answer.cost());
  }

  /** The entity of an output, and its length when it is a blob. */
  Response.ResponseBuilder ok(byte[] output) {
    Optional<BlobRef> blob = BlobRef.of(output);
    if (blob.isEmpty()) {
      return Response.ok(output);
    }
    StreamingOutput bytes = out -> blobs.write(blob.get(), 0, out);
    return Response.ok(bytes).header("Content-Length", blob.get().size());
  }

  /** Whether an output can still be given. */
  boolean isHere(byte[] output) {
    return BlobRef.of(output).map(blobs::isHere).orElse(true);
  }

  @PreDestroy
  void stop() {
    ExecutorService large = writing;
    if (large != null) {
      large.shutdownNow();
    }
  }
}
