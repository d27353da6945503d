package dev.skep.queen.finite;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.queen.finite.ResultRows.Result;
import dev.skep.queen.job.Kept;
import dev.skep.queen.pool.Listing;
import dev.skep.queen.pool.PoolBook;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a finite pool's inputs, a line each in their order; while the pool works they end
 * before the first input that has not.
 */
@Path("/api/pools/{id}/results")
@RequestScoped
@Authenticated
public class ResultsResource {
  /** Outputs have a megabyte at most: so many are in memory at a time. */
  private static final int PAGE = 16;

  @Inject PoolBook pools;
  @Inject ResultRows rows;
  @Inject Kept kept;
  @Inject CurrentCaller caller;

  @GET
  @Produces("application/x-ndjson")
  public Response results(@PathParam("id") String id, @QueryParam("from") @Nullable String from) {
    Listing pool = pools.ownedBy(caller.require().address(), PoolId.parse(id));
    Listing.Inputs inputs = pool.standing().inputs();
    if (inputs == null) {
      throw SkepException.of("pool-not-finite", 404)
          .fault(Fault.CALLER)
          .because("pool " + pool.id() + " has no inputs of its own")
          .hint("What its jobs returned: skep job output JOB_ID, or use 'skep pool run'.");
    }
    kept.require(pool.id(), pool.standing().closedAt());
    int first = Query.number("from", from, 1, inputs.total());
    ResultRows source = rows;
    ResultLine line = new ResultLine(kept);
    StreamingOutput lines = to -> write(source, line, pool.id(), first, to);
    return Response.ok(lines).build();
  }

  private static void write(
      ResultRows rows, ResultLine line, PoolId pool, int first, OutputStream to)
      throws IOException {
    OutputStream out = new BufferedOutputStream(to, 1 << 16);
    int next = first;
    for (List<Result> page = rows.page(pool, next, PAGE);
        !page.isEmpty();
        page = rows.page(pool, next, PAGE)) {
      for (Result result : page) {
        line.write(result, out);
        next = result.number() + 1;
      }
    }
    out.flush();
  }
}
