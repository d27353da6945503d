package dev.skep.queen.bulk;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.job.JobCall;
import dev.skep.queen.job.Prefer;
import dev.skep.queen.rest.Anyone;
import dev.skep.queen.rest.Caller;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.MaxBody;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bulk work: one order per line in, one answer per line out, in the order in which jobs end and
 * while further lines come in.
 */
@Path("/pools/{id}/bulk")
@ApplicationScoped
public class BulkResource {
  static final String LINES = "application/x-ndjson";

  @Inject BulkJobs jobs;
  @Inject BulkDoor door;
  @Inject CurrentCaller caller;

  /** The body has no end to bound: its lines are bounded, and how many are held at a time. */
  @POST
  @Anyone
  @Consumes(LINES)
  @MaxBody(Integer.MAX_VALUE)
  public void bulk(
      @PathParam("id") String id,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse suspended)
      throws IOException {
    WalletAddress client = caller.find().map(Caller::address).orElse(null);
    BulkJobs.Order order = new BulkJobs.Order(PoolId.parse(id), client, !Prefer.of(prefer).async());
    jobs.check(order);
    WalletAddress payer = client == null ? JobCall.NOBODY : client;
    door.requireRoom(payer);
    BulkExchange exchange = exchange(request.getAsyncContext(), order, suspended);
    door.enter(exchange, payer);
    exchange.start();
  }

  /**
   * The exchange writes the answer itself; resuming with nothing to write only ends the request, in
   * the way JAX-RS keeps its own books of it.
   */
  private BulkExchange exchange(AsyncContext context, BulkJobs.Order order, AsyncResponse suspended)
      throws IOException {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(LINES);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.flushBuffer(); // the client shall not wait for the first answer to know that we listen
    return new BulkExchange(
        context,
        line -> jobs.answer(order, line),
        over -> {
          door.leave(over);
          suspended.resume(Response.ok().build());
        });
  }
}
