package dev.skep.queen.job;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.JobState;
import dev.skep.queen.dispatch.Answer;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.rest.Causes;
import dev.skep.queen.rest.Problems;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;

/** What a client of a pool is answered. */
@ApplicationScoped
public class JobAnswers {
  static final String JOB_HEADER = "Skep-Job";

  @Inject QueenSettings settings;
  @Inject LargeAnswers large;

  /** The job's own output, or the problem it ended with. */
  Response ended(Answer answer) {
    Problem problem = answer.problem();
    if (answer.state() == JobState.COMPLETED || problem == null) {
      return named(large.ok(answer.output()).type(MediaType.APPLICATION_JSON_TYPE), answer.job());
    }
    Response base = Problems.answer(problem, Map.of("job", job(answer.job(), answer.state())));
    return named(Response.fromResponse(base), answer.job());
  }

  /** Taken in and durable; its end is to be read at the job's address. */
  Response accepted(JobId job) {
    JsonObject body =
        Json.createObjectBuilder().add("id", job.toString()).add("state", "ACCEPTED").build();
    return named(Response.accepted(body).type(MediaType.APPLICATION_JSON_TYPE), job);
  }

  /** The job could not be made durable, or so it seems. */
  Response failed(Throwable error) {
    return Problems.answer(known(error));
  }

  /** Why a job was not accepted, in words for its client. */
  public static SkepException known(Throwable error) {
    return Causes.find(error, SkepException.class).orElseGet(JobAnswers::notAccepted);
  }

  static SkepException notAccepted() {
    return SkepException.of("not-accepted", 503)
        .fault(Fault.PLATFORM)
        .because("the job could not be written down")
        .hint("Send it again, best with an Idempotency-Key.");
  }

  /** Where an output is that is too long to be said here. */
  public static JsonObject place(JobId id, BlobRef output) {
    return Json.createObjectBuilder()
        .add("path", "/api/jobs/" + id + "/output")
        .add("bytes", output.size())
        .add("sha256", output.sha256())
        .build();
  }

  static JsonObject job(JobId id, JobState state) {
    return Json.createObjectBuilder().add("id", id.toString()).add("state", state.name()).build();
  }

  /** Absolute by our own address: answers leave on threads that know no request. */
  private Response named(Response.ResponseBuilder response, JobId job) {
    return response
        .header(JOB_HEADER, job.toString())
        .location(URI.create(settings.publicUrl() + "/api/jobs/" + job))
        .build();
  }
}
