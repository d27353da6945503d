package dev.skep.queen.job;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Looking at jobs and cancelling them; their client and the pool's owner may. */
@Path("/api/jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class JobsResource {
  @Inject JobRows rows;
  @Inject JobAccess access;
  @Inject Node node;
  @Inject Kept kept;
  @Inject LargeAnswers large;
  @Inject CurrentCaller caller;

  @GET
  public JsonArray list(
      @QueryParam("pool") @Nullable String pool,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable String limit) {
    JobFilter filter =
        new JobFilter(
            pool == null ? null : PoolId.parse(pool),
            Query.word("state", state, JobState.class),
            Query.limit(limit, 100, 1000));
    JsonArrayBuilder jobs = Json.createArrayBuilder();
    rows.list(caller.require().address(), filter).forEach(job -> jobs.add(JobJson.summary(job)));
    return jobs.build();
  }

  @GET
  @Path("/{id}")
  public JsonObject show(@PathParam("id") String id) {
    JobRows.JobRow job = require(id);
    JsonObject shown = JobJson.full(job, rows.attempts(job.id()), rows.receipts(job.id()));
    return job.endedAt() == null
        ? shown
        : Json.createObjectBuilder(shown)
            .add("resultsKeptUntil", kept.until(job.endedAt()).toString())
            .build();
  }

  @GET
  @Path("/{id}/output")
  public Response output(@PathParam("id") String id) {
    JobRows.JobRow job = require(id);
    kept.require(job.id(), job.endedAt());
    byte[] output =
        rows.output(job.id())
            .orElseThrow(
                () ->
                    SkepException.of("output-not-there", 404)
                        .retryable(job.state().isOpen())
                        .because("job " + job.id() + " is " + job.state() + ": it has no output")
                        .hint("Only completed jobs have one; see the job's problem."));
    if (!large.isHere(output)) {
      throw kept.expired(job.id());
    }
    return large
        .ok(output)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Content-Disposition", "attachment; filename=\"job-" + job.id() + ".json\"")
        .build();
  }

  @GET
  @Path("/{id}/logs")
  public JsonArray logs(@PathParam("id") String id) {
    JobRows.JobRow job = require(id);
    kept.require(job.id(), job.endedAt());
    JsonArrayBuilder logs = Json.createArrayBuilder();
    rows.logs(job.id()).forEach(log -> logs.add(JobJson.log(log)));
    return logs.build();
  }

  /** Stops the job if it is still open; the answer says how it stands. */
  @POST
  @Path("/{id}/cancel")
  public Response cancel(@PathParam("id") String id) {
    JobRows.JobRow job = require(id);
    boolean stopping = node.dispatcher().cancel(job.id());
    if (!stopping && job.state().isOpen()) {
      throw SkepException.of("job-ending", 409)
          .retryable(true)
          .because("job " + job.id() + " is just ending")
          .hint("Look at it again.");
    }
    return Response.accepted(JobJson.summary(job).build()).build();
  }

  private JobRows.JobRow require(String id) {
    return access.require(id, caller.require().address());
  }
}
