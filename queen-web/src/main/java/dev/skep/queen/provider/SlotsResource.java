package dev.skep.queen.provider;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.queen.download.Skew;
import dev.skep.queen.pool.PoolSecrets;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.rest.Members;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a connector takes seats of a pool and learns what to run in them. */
@Path("/api/pools/{id}/slots")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class SlotsResource {
  private static final int MOST_AT_ONCE = 2000;

  @Inject ConnectorSessions sessions;
  @Inject Slots slots;
  @Inject Skew skew;
  @Inject CurrentCaller caller;
  @Inject PoolSecrets secrets;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response claim(@PathParam("id") String id, byte[] body) {
    PoolId pool = PoolId.parse(id);
    Members members = Members.of(JsonBody.object(body), "sessionId", "count", "secretKey");
    String session = members.text("sessionId", 36, 36);
    int count = (int) members.number("count", 1, 1, MOST_AT_ONCE);
    @Nullable String key = members.has("secretKey") ? members.text("secretKey", 40, 200) : null;
    members.check();
    SessionRows.Found found =
        sessions.require(SessionId.parse(session), caller.require().address());
    skew.requireJobs(found.software());
    Optional<String> sealed = secrets.sealed(pool, key);
    SlotClaims.Claims claimed = slots.claim(pool, found, count);
    return Response.status(Response.Status.CREATED)
        .entity(json(claimed, slots.program(pool), sealed))
        .build();
  }

  private static JsonObject json(
      SlotClaims.Claims claimed, Slots.Program program, Optional<String> sealed) {
    JsonArrayBuilder seats = Json.createArrayBuilder();
    for (SlotClaims.Claimed slot : claimed.slots()) {
      seats.add(
          Json.createObjectBuilder()
              .add("id", slot.id().toString())
              .add("ordinal", slot.ordinal()));
    }
    JsonObjectBuilder job = job(program);
    sealed.ifPresent(text -> job.add("secrets", text));
    return Json.createObjectBuilder().add("slots", seats).add("job", job).build();
  }

  private static JsonObjectBuilder job(Slots.Program program) {
    return Json.createObjectBuilder()
        .add("program", Base64.getEncoder().encodeToString(program.code()))
        .add("programSha256", HexFormat.of().formatHex(program.sha256()))
        .add("spec", JsonBody.object(program.spec().getBytes(StandardCharsets.UTF_8)));
  }
}
