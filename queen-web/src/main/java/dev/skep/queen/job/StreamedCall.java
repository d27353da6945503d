package dev.skep.queen.job;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.dispatch.Answer;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.dispatch.Hearing;
import dev.skep.queen.dispatch.Submission;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.rest.Bearer;
import dev.skep.queen.rest.Caller;
import dev.skep.queen.rest.Causes;
import dev.skep.queen.settings.QueenSettings;
import dev.skep.queen.stream.EventStream;
import dev.skep.queen.stream.JobRelay;
import dev.skep.queen.stream.JobRelays;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * POOL_URL with {@code Accept: text/event-stream}: {@code part}, {@code progress} and {@code log}
 * as the job tells them, {@code restart} when another attempt tells otherwise, then exactly one
 * {@code result}, {@code result-at} for one that is too long for an event, or {@code problem}.
 */
@ApplicationScoped
public class StreamedCall {
  @Inject Bearer bearer;
  @Inject JobCall call;
  @Inject JobInputs inputs;
  @Inject LargeAnswers outputs;
  @Inject Replays replays;
  @Inject JobRelays relays;
  @Inject Heartbeat heartbeat;
  @Inject Node node;
  @Inject QueenSettings settings;

  void serve(String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    WalletAddress client =
        bearer.identify(request.getHeader("Authorization")).map(Caller::address).orElse(null);
    PoolId pool = PoolId.parse(id);
    JobInput input = inputs.read(pool, client, limited(request));
    Submission.IdempotencyKey key =
        PoolCallResource.key(request.getHeader("Idempotency-Key"), input);
    Ticket ticket = inputs.submit(input, () -> call.send(pool, client, input, key, Hearing.PARTS));
    Ticket heard = key == null ? ticket : first(ticket, pool, client, input, key);
    response.setHeader(JobAnswers.JOB_HEADER, heard.job().toString());
    response.setHeader("Location", settings.publicUrl() + "/api/jobs/" + heard.job());
    listen(heard, request.startAsync(), key == null);
  }

  /** JAX-RS, which bounds bodies elsewhere, is not on this way. */
  private static InputStream limited(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > WireLimits.MAX_BLOB) {
      throw JobInputs.tooLarge(WireLimits.MAX_BLOB);
    }
    return request.getInputStream();
  }

  /** A repeated call hears the first one's job from now on; whether it is one, the ledger knows. */
  private Ticket first(
      Ticket ticket,
      PoolId pool,
      @Nullable WalletAddress client,
      JobInput input,
      Submission.IdempotencyKey key) {
    try {
      ticket.accepted().join();
      return ticket;
    } catch (CompletionException e) {
      if (!Replays.isReplay(e)) {
        throw Causes.find(e, SkepException.class).orElseGet(JobAnswers::notAccepted);
      }
      WalletAddress who = client == null ? JobCall.NOBODY : client;
      return replays.first(new Submission(pool, who, input.bytes(), key), key);
    }
  }

  private void listen(Ticket ticket, AsyncContext context, boolean hangUpCancels)
      throws IOException {
    EventStream events = new EventStream(context);
    JobEvents audience = new JobEvents(events, true);
    JobRelay relay = relays.listen(ticket.job(), audience);
    Runnable leave = heartbeat.beat(events, () -> relays.leave(relay, audience));
    events.start(
        relay::resume,
        () -> {
          leave.run();
          if (hangUpCancels && !ticket.answer().isDone()) {
            node.dispatcher().cancel(ticket.job());
          }
        });
    ticket
        .answer()
        .whenComplete(
            (answer, error) ->
                heartbeat.afterTheLastPart(relay, () -> end(events, leave, said(answer), error)));
  }

  private @Nullable Answer said(@Nullable Answer answer) {
    return answer == null ? null : outputs.spelledOut(answer);
  }

  private static void end(
      EventStream events, Runnable leave, @Nullable Answer answer, @Nullable Throwable error) {
    if (answer != null && answer.state() == JobState.COMPLETED) {
      Optional<BlobRef> large = BlobRef.of(answer.output());
      if (large.isPresent()) {
        events.event("result-at", JobAnswers.place(answer.job(), large.get()));
      } else {
        events.event("result", answer.output());
      }
    } else {
      events.event("problem", problem(answer, error));
    }
    leave.run();
    events.finish();
  }

  private static JsonObject problem(@Nullable Answer answer, @Nullable Throwable error) {
    if (answer == null) {
      return (error == null ? JobAnswers.notAccepted() : JobAnswers.known(error))
          .problem()
          .toJson();
    }
    Problem problem = answer.problem();
    JsonObject why =
        problem == null ? JobAnswers.notAccepted().problem().toJson() : problem.toJson();
    return Json.createObjectBuilder(why)
        .add("job", JobAnswers.job(answer.job(), answer.state()))
        .build();
  }
}
