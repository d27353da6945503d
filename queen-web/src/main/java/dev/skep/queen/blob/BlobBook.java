package dev.skep.queen.blob;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wire.Blob;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.dispatch.BroughtOutputs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Takes blobs in and gives them out; who may is asked before. */
@ApplicationScoped
public class BlobBook implements BroughtOutputs {
  /** Bytes of all blobs of one pool. */
  static final long MOST_POOL = 32L << 30;

  /** Bytes of the inputs of one wallet. */
  static final long MOST_WALLET = 8L << 30;

  @Inject Blobs blobs;

  /** A part of a blob, or all of it: {@code bytes} from an offset on, of that many in all. */
  public record Part(long from, long size, InputStream bytes) {}

  /** Keeps an input whose hash is known; it is durable when this returns. */
  public BlobRef keep(Blobs.Origin origin, Blob named, InputStream bytes) throws IOException {
    requireRoom(origin, named.size());
    BlobRef ref = blobs.add(origin, named.sha256(), named.size());
    try {
      finish(
          new PiecedFile(blobs.pieces(ref.id()), ref.size(), 0),
          ref,
          new Part(0, ref.size(), bytes));
      return ref;
    } catch (IOException | RuntimeException e) {
      blobs.remove(ref.id());
      throw e;
    }
  }

  /**
   * Keeps what comes of an attempt's output; how many bytes are here then. A connection that breaks
   * leaves the whole pieces that came.
   */
  public long bring(Blobs.Origin origin, String sha256, Part part) throws IOException {
    AttemptRef attempt = java.util.Objects.requireNonNull(origin.output());
    Blobs.Standing known = blobs.output(attempt, sha256).orElseGet(() -> add(origin, sha256, part));
    PiecedFile file =
        new PiecedFile(blobs.pieces(known.ref().id()), known.ref().size(), known.pieces());
    if (!known.whole()) {
      check(file, part);
      finish(file, known.ref(), part);
    }
    return blobs.output(attempt, sha256).map(BlobBook::have).orElse(0L);
  }

  private Blobs.Standing add(Blobs.Origin origin, String sha256, Part part) {
    requireRoom(origin, part.size());
    return new Blobs.Standing(blobs.add(origin, sha256, part.size()), 0, false);
  }

  private static void check(PiecedFile file, Part part) {
    if (part.size() != file.size()) {
      throw refused("blob-mismatch", 422, "The blob has " + file.size() + " bytes.");
    }
    if (part.from() > file.have()) {
      throw refused("upload-gap", 409, "Of this blob " + file.have() + " bytes are here.");
    }
  }

  private void finish(PiecedFile file, BlobRef ref, Part part) throws IOException {
    if (!file.take(part.bytes(), part.from())) {
      return;
    }
    String seen = file.sha256();
    if (!seen.equals(ref.sha256())) {
      blobs.remove(ref.id());
      throw refused("blob-mismatch", 422, "The bytes have the SHA-256 " + seen + ".");
    }
    blobs.complete(ref.id());
  }

  private static long have(Blobs.Standing standing) {
    return Math.min(standing.ref().size(), (long) standing.pieces() * Pieces.SIZE);
  }

  private void requireRoom(Blobs.Origin origin, long size) {
    if (size < 1 || size > WireLimits.MAX_BLOB) {
      throw refused("blob-too-large", 413, "A blob has 1 to " + WireLimits.MAX_BLOB + " bytes.");
    }
    boolean full = blobs.held(origin.pool()) + size > MOST_POOL;
    if (full || origin.output() == null && blobs.held(origin.bringer()) + size > MOST_WALLET) {
      throw SkepException.of("blobs-full", 429)
          .fault(Fault.CALLER)
          .retryable(true)
          .because("the " + (full ? "pool" : "wallet") + " has as many large payloads as it may")
          .hint("They go with their jobs' results, some days after the end; send less until then.");
    }
  }

  /** Writes the bytes from an offset on, one piece at a time. */
  public void write(BlobRef ref, long offset, OutputStream to) throws IOException {
    new PiecedFile(blobs.pieces(ref.id()), ref.size(), 0).write(offset, to);
  }

  /** Whether the bytes are still kept. */
  public boolean isHere(BlobRef ref) {
    return blobs.pieces(ref.id()).get(0).length > 0;
  }

  /** A job has it from now on. */
  public void use(BlobRef ref) {
    blobs.use(ref.id());
  }

  /** No job has it. */
  public void remove(BlobRef ref) {
    blobs.remove(ref.id());
  }

  @Override
  public Optional<BlobRef> of(AttemptRef attempt, Blob named) {
    return blobs
        .output(attempt, named.sha256())
        .filter(known -> known.whole() && known.ref().size() == named.size())
        .map(Blobs.Standing::ref);
  }

  private static SkepException refused(String code, int status, String why) {
    return SkepException.of(code, status)
        .fault(Fault.CALLER)
        .because(why)
        .hint("Bring the bytes that were named, in the order they have.");
  }
}
