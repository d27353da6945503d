package dev.skep.queen.job;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.dispatch.Hearing;
import dev.skep.queen.dispatch.Submission;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.rest.Anyone;
import dev.skep.queen.rest.Caller;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.MaxBody;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ConnectionCallback;
import jakarta.ws.rs.container.Suspended;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * POOL_URL: a job's JSON goes in, its JSON comes out. Waits for the end unless told otherwise; no
 * thread waits with it.
 */
@Path("/pools/{id}")
@ApplicationScoped
public class PoolCallResource {
  @Inject JobCall call;
  @Inject JobInputs inputs;
  @Inject Replays replays;
  @Inject JobAnswers answers;
  @Inject LargeAnswers large;
  @Inject Node node;
  @Inject CurrentCaller caller;

  @POST
  @Anyone
  @MaxBody(WireLimits.MAX_BLOB)
  public void call(
      @PathParam("id") String id,
      @HeaderParam("Prefer") @Nullable String prefer,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      InputStream body,
      @Suspended AsyncResponse response)
      throws IOException {
    WalletAddress client = caller.find().map(Caller::address).orElse(null);
    PoolId pool = PoolId.parse(id);
    Prefer wish = Prefer.of(prefer);
    JobInput input = inputs.read(pool, client, body);
    Submission.IdempotencyKey once = key(key, input);
    Ticket ticket =
        inputs.submit(
            input,
            () ->
                call.send(pool, client, input, once, wish.async() ? Hearing.LOG : Hearing.ANSWER));
    if (once == null) {
      respond(ticket, wish, response, true);
    } else {
      Submission sent =
          new Submission(pool, client == null ? JobCall.NOBODY : client, input.bytes(), once);
      ticket.accepted().whenComplete((done, error) -> keyed(sent, ticket, error, wish, response));
    }
  }

  /** A repeated call is answered as the first one. */
  private void keyed(
      Submission sent,
      Ticket ticket,
      @Nullable Throwable error,
      Prefer wish,
      AsyncResponse response) {
    try {
      Submission.IdempotencyKey key = sent.key();
      boolean again = error != null && key != null && Replays.isReplay(error);
      respond(again && key != null ? replays.first(sent, key) : ticket, wish, response, false);
    } catch (RuntimeException e) { // we are no longer on the request's thread: nobody else maps it
      response.resume(e);
    }
  }

  /** A client that hangs up stops its job, unless a key says that it will come again. */
  private void respond(Ticket ticket, Prefer wish, AsyncResponse response, boolean hangUpCancels) {
    if (wish.async()) {
      ticket
          .accepted()
          .whenComplete(
              (done, error) ->
                  response.resume(
                      error == null ? answers.accepted(ticket.job()) : answers.failed(error)));
      return;
    }
    if (hangUpCancels) {
      ConnectionCallback hungUp = gone -> node.dispatcher().cancel(ticket.job());
      response.register(hungUp);
    }
    response.setTimeout(Math.max(1, wish.patience().toMillis()), TimeUnit.MILLISECONDS);
    response.setTimeoutHandler(late -> late.resume(late(ticket)));
    ticket
        .answer()
        .whenComplete(
            (answer, error) ->
                large.resume(
                    response,
                    answer,
                    error == null ? answers.ended(answer) : answers.failed(error)));
  }

  private jakarta.ws.rs.core.Response late(Ticket ticket) {
    return ticket.accepted().isDone() && !ticket.accepted().isCompletedExceptionally()
        ? answers.accepted(ticket.job())
        : answers.failed(new IllegalStateException("the acceptance is not durable yet"));
  }

  static Submission.@Nullable IdempotencyKey key(@Nullable String key, JobInput input) {
    if (key == null) {
      return null;
    }
    if (!key.matches("[\\x21-\\x7e]{1,200}")) {
      throw SkepException.of("idempotency-key-malformed", 400)
          .because("an Idempotency-Key is 1 to 200 visible ASCII characters")
          .hint("A random UUID does.");
    }
    return new Submission.IdempotencyKey(key, input.sha256());
  }
}
