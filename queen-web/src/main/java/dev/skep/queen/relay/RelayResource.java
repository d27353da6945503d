package dev.skep.queen.relay;

import dev.skep.queen.identity.RateLimit;
import dev.skep.queen.ledger.Deployments;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.Problems;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** Calls to the ledger without gas, and the faucet. */
@Path("/api")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RelayResource {
  private static final RateLimit LIMIT =
      new RateLimit(Clock.systemUTC(), Duration.ofMinutes(1), 60);

  @Inject RelayDesk desk;
  @Inject Deployments deployments;
  @Inject CurrentCaller caller;
  @Inject Clock clock;

  @POST
  @Path("/relay")
  @Consumes(MediaType.APPLICATION_JSON)
  @Authenticated
  public Response forward(byte[] body) {
    LIMIT.count(caller.require().address().toString());
    SignedCall call = SignedCall.read(body, deployments.require().ledger(), clock.instant());
    return accepted(desk.forward(caller.require().address(), call));
  }

  @POST
  @Path("/faucet")
  @Authenticated
  public Response faucet() {
    LIMIT.count(caller.require().address().toString());
    return accepted(desk.faucet(caller.require().address()));
  }

  @GET
  @Path("/relay/{id}")
  @Authenticated
  public JsonObject show(@PathParam("id") String id) {
    return json(desk.show(caller.require().address(), id));
  }

  private static Response accepted(RelayRequest request) {
    return Response.accepted(json(request))
        .location(URI.create("/api/relay/" + request.id()))
        .build();
  }

  private static JsonObject json(RelayRequest request) {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("id", request.id().toString()).add("state", request.state());
    if (request.txHash() != null) {
      json.add("txHash", request.txHash());
    }
    return request.problem() == null
        ? json.build()
        : json.add("problem", Problems.stored(request.problem())).build();
  }
}
