package dev.skep.provider.queen;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.secret.Seal;
import dev.skep.provider.connection.Placement;
import dev.skep.provider.connection.SessionDesk;
import dev.skep.provider.connection.SessionGrant;
import dev.skep.provider.runtime.JobSpec;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens sessions and takes slots over the queen's REST API; signs in afresh for each session. */
public final class QueenDesk implements SessionDesk {
  private final Supplier<QueenApi> signIn;
  private final PoolId pool;
  private final JsonObject machine;
  private final Function<JsonObject, JobSpec> jobs;
  private final JobBlobs blobs;
  private volatile @Nullable QueenApi queen;

  /**
   * A desk for one pool.
   *
   * @param signIn signs the wallet in and gives the queen with a fresh token
   * @param machine what the session tells about this machine: {@code machineId, software}
   * @param jobs reads the pool's job from the queen's answer, checking what it says
   * @param blobs is told of each session
   */
  public QueenDesk(
      Supplier<QueenApi> signIn,
      PoolId pool,
      JsonObject machine,
      Function<JsonObject, JobSpec> jobs,
      JobBlobs blobs) {
    this.blobs = blobs;
    this.signIn = signIn;
    this.pool = pool;
    this.machine = machine;
    this.jobs = jobs;
  }

  @Override
  public SessionGrant open() {
    QueenApi fresh = signIn.get();
    queen = fresh;
    SessionGrant grant = SessionGrant.read(fresh.post("/api/connector/sessions", machine).object());
    blobs.session(grant.id(), grant.takesBlobs());
    return grant;
  }

  @Override
  public Placement takeSlots(SessionGrant grant, int count) {
    Seal seal = Seal.make();
    String path = "/api/pools/" + pool + "/slots";
    JsonObject ask =
        Json.createObjectBuilder()
            .add("sessionId", grant.id().toString())
            .add("count", count)
            .add("secretKey", seal.publicKey())
            .build();
    JsonObject answer = signedIn().post(path, ask).object();
    return Answers.read(path, () -> placement(answer, seal));
  }

  private Placement placement(JsonObject answer, Seal seal) {
    List<SlotId> slots =
        answer.getJsonArray("slots").getValuesAs(JsonObject.class).stream()
            .map(slot -> SlotId.parse(slot.getString("id")))
            .toList();
    return new Placement(slots, jobs.apply(opened(answer.getJsonObject("job"), seal)));
  }

  /** The pool's job with its secrets in clear, from here on in memory only. */
  private JsonObject opened(JsonObject job, Seal seal) {
    if (!job.containsKey("secrets")) {
      return job;
    }
    byte[] context = pool.toString().getBytes(StandardCharsets.UTF_8);
    byte[] text = seal.open(job.getString("secrets"), context);
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(text))) {
      return Json.createObjectBuilder(job).add("secrets", reader.readObject()).build();
    }
  }

  @Override
  public void giveBack(SessionGrant grant, SlotId slot) {
    signedIn().delete("/api/slots/" + slot);
  }

  @Override
  public void end(SessionGrant grant) {
    signedIn().delete("/api/connector/sessions/" + grant.id());
  }

  private QueenApi signedIn() {
    QueenApi known = queen;
    if (known == null) {
      throw new IllegalStateException("a session is opened first");
    }
    return known;
  }
}
