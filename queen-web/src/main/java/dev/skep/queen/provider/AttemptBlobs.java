package dev.skep.queen.provider;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.blob.BlobBook;
import dev.skep.queen.blob.Blobs;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.dispatch.Held;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.pool.Listings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/**
 * Who may fetch a job's large input and bring its large output: the session that holds the
 * attempt's lease, while it holds it, and nobody by a hash.
 */
@ApplicationScoped
public class AttemptBlobs {
  @Inject ConnectorSessions sessions;
  @Inject Node node;
  @Inject BlobBook blobs;
  @Inject Listings pools;

  /** An attempt as its session names it. */
  record Claim(SessionId session, WalletAddress wallet, AttemptRef attempt) {}

  /** The input of the attempt. */
  BlobRef input(Claim claim) {
    return BlobRef.of(held(claim).input())
        .orElseThrow(
            () -> refused("blob-not-found", 404, "The job's input was in the offer itself."));
  }

  /** Keeps what comes of the attempt's output; how many bytes are here then. */
  long bring(Claim claim, String sha256, BlobBook.Part part) throws IOException {
    Held held = held(claim);
    long most = mostOutput(held);
    if (part.size() > most) {
      throw refused(
          "blob-too-large", 413, "An output of this pool has at most " + most + " bytes.");
    }
    Blobs.Origin origin = new Blobs.Origin(held.pool(), claim.wallet(), claim.attempt());
    return blobs.bring(origin, sha256, part);
  }

  private long mostOutput(Held held) {
    return pools
        .find(held.pool())
        .map(pool -> pool.spec().getJsonObject("output").getInt("maxBytes"))
        .orElse(0);
  }

  private Held held(Claim claim) {
    sessions.require(claim.session(), claim.wallet());
    return node.dispatcher()
        .held(claim.session(), claim.attempt())
        .orElseThrow(
            () -> refused("lease-not-held", 403, "This session does not hold that lease."));
  }

  private static SkepException refused(String code, int status, String why) {
    return SkepException.of(code, status)
        .fault(Fault.PROVIDER)
        .because(why)
        .hint("Only who holds a lease gets its input and brings its output, while it holds it.");
  }
}
