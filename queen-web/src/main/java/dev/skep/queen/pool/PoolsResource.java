package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Anyone;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.MaxBody;
import dev.skep.queen.rest.Query;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Listing, showing, making, pausing and closing pools. */
@Path("/api/pools")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PoolsResource {
  @Inject PoolBook book;
  @Inject Listings pools;
  @Inject PoolJson json;
  @Inject CurrentCaller caller;
  @Inject QueenSettings settings;

  @GET
  @Anyone
  public JsonArray list(
      @QueryParam("owner") @Nullable String owner,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable String limit) {
    PoolFilter filter =
        new PoolFilter(
            owner == null ? null : WalletAddress.parse(owner),
            Query.word("state", state, PoolState.class),
            Query.limit(limit, 100, 500));
    return json.list(pools.list(filter));
  }

  @GET
  @Path("/{id}")
  @Anyone
  public JsonObject show(@PathParam("id") String id) {
    Listing pool = book.show(PoolId.parse(id));
    return json.show(pool, pools.slots(pool.id()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Authenticated
  @MaxBody(1024 * 1024)
  public Response open(byte[] body) {
    NewPool asked = NewPool.read(body, settings.chain().isDevelopment());
    Listing pool = book.open(caller.require().address(), asked);
    return Response.created(URI.create("/api/pools/" + pool.id()))
        .entity(json.show(pool, pools.slots(pool.id())))
        .build();
  }

  @POST
  @Path("/{id}/pause")
  @Authenticated
  public JsonObject pause(@PathParam("id") String id) {
    Listing pool = book.pause(PoolId.parse(id), caller.require().address());
    return json.show(pool, pools.slots(pool.id()));
  }

  @POST
  @Path("/{id}/resume")
  @Authenticated
  public JsonObject resume(@PathParam("id") String id) {
    Listing pool = book.resume(PoolId.parse(id), caller.require().address());
    return json.show(pool, pools.slots(pool.id()));
  }

  @POST
  @Path("/{id}/close")
  @Authenticated
  public JsonObject close(@PathParam("id") String id) {
    Listing pool = book.close(PoolId.parse(id), caller.require().address());
    return json.show(pool, pools.slots(pool.id()));
  }
}
