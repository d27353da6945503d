package dev.skep.queen.job;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.json.JsonText;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.protocol.wire.Blob;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.blob.BlobBook;
import dev.skep.queen.blob.Blobs;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.pool.Listings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what clients send to pools. What is too long for a message goes to a file while its hash is
 * computed, then into a blob; no more of it than a piece is ever in memory.
 */
@ApplicationScoped
public class JobInputs {
  /** The longest input of a pool that does not say. */
  private static final int MOST_OTHERWISE = 16 << 20;

  private static final int MOST_AT_ONCE = 8;

  @Inject JobCall call;
  @Inject Listings pools;
  @Inject BlobBook blobs;

  private final Semaphore spools = new Semaphore(MOST_AT_ONCE);

  JobInput read(PoolId pool, @Nullable WalletAddress client, InputStream body) throws IOException {
    byte[] small = body.readNBytes(WireLimits.MAX_INPUT + 1);
    return small.length <= WireLimits.MAX_INPUT
        ? JobInput.sent(small)
        : large(pool, client, small, body);
  }

  private JobInput large(
      PoolId pool, @Nullable WalletAddress client, byte[] first, InputStream rest)
      throws IOException {
    call.requireAccess(pool, client);
    if (!spools.tryAcquire()) {
      throw SkepException.of("uploads-full", 429)
          .because("as many large inputs are coming in as this queen takes at once")
          .hint("Send it again in a few seconds.");
    }
    try {
      return JobInput.kept(spooled(pool, client, first, rest));
    } finally {
      spools.release();
    }
  }

  private BlobRef spooled(
      PoolId pool, @Nullable WalletAddress client, byte[] first, InputStream rest)
      throws IOException {
    Path spool = Files.createTempFile("skep-input", null);
    try {
      Blob named = new Spool(spool, mostOf(pool)).take(first, rest);
      checkJson(spool);
      return keep(pool, client, named, spool);
    } finally {
      Files.delete(spool);
    }
  }

  private long mostOf(PoolId pool) {
    JsonObject input =
        pools.find(pool).map(listing -> listing.spec().getJsonObject("input")).orElse(null);
    return input == null ? MOST_OTHERWISE : input.getInt("maxBytes", MOST_OTHERWISE);
  }

  private static void checkJson(Path spool) throws IOException {
    try (FileChannel file = FileChannel.open(spool)) {
      JsonText.check(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
    }
  }

  private BlobRef keep(PoolId pool, @Nullable WalletAddress client, Blob named, Path spool)
      throws IOException {
    WalletAddress bringer = client == null ? JobCall.NOBODY : client;
    try (InputStream bytes = Files.newInputStream(spool)) {
      BlobRef kept = blobs.keep(new Blobs.Origin(pool, bringer, null), named, bytes);
      blobs.use(kept);
      return kept;
    }
  }

  /** Submits a job with this input, which is forgotten when for certain no job comes of it. */
  Ticket submit(JobInput input, Supplier<Ticket> job) {
    if (!input.isKept()) {
      return job.get();
    }
    try {
      Ticket ticket = job.get();
      ticket.accepted().whenComplete((done, error) -> repeated(input, error));
      return ticket;
    } catch (RuntimeException e) {
      forget(input);
      throw e;
    }
  }

  private void repeated(JobInput input, @Nullable Throwable error) {
    if (error != null && Replays.isReplay(error)) {
      forget(input);
    }
  }

  private void forget(JobInput input) {
    BlobRef.of(input.bytes()).ifPresent(blobs::remove);
  }

  static SkepException tooLarge(long most) {
    return SkepException.of("input-too-large", 413)
        .fault(Fault.CALLER)
        .because("an input of this pool has at most " + most + " bytes")
        .hint("Send less; the pool's owner sets it with input.maxBytes, up to 64m.");
  }
}
