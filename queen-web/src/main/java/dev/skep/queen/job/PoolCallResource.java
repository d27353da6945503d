package dev.skep.queen.job;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.Hearing;
import dev.skep.queen.dispatch.Submission;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.hangup.HangUps;
import dev.skep.queen.hangup.Watch;
import dev.skep.queen.rest.Anyone;
import dev.skep.queen.rest.Caller;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.MaxBody;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * POOL_URL: a job's JSON goes in, its JSON comes out. Waits for the end unless told otherwise; no
 * thread waits with it.
 */
@Path("/pools/{id}")
@ApplicationScoped
public class PoolCallResource {
  private static final int MOST_INPUT = 256 * 1024;

  /** A client with an Idempotency-Key may hang up: the key says that it will come again. */
  private static final Supplier<Watch> UNWATCHED = () -> Watch.NONE;

  @Inject JobCall call;
  @Inject Replays replays;
  @Inject JobAnswers answers;
  @Inject HangUps hangUps;
  @Inject Node node;
  @Inject CurrentCaller caller;

  @POST
  @Anyone
  @MaxBody(MOST_INPUT)
  public void call(
      @PathParam("id") String id,
      @HeaderParam("Prefer") @Nullable String prefer,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      byte[] body,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse response) {
    WalletAddress client = caller.find().map(Caller::address).orElse(null);
    PoolId pool = PoolId.parse(id);
    Submission.IdempotencyKey once = key(key, body);
    Prefer wish = Prefer.of(prefer);
    Ticket ticket =
        call.send(pool, client, body, once, wish.async() ? Hearing.LOG : Hearing.ANSWER);
    if (once == null) {
      respond(ticket, wish, response, () -> hangUps.watch(request));
    } else {
      Submission sent = new Submission(pool, client == null ? JobCall.NOBODY : client, body, once);
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
      respond(again && key != null ? replays.first(sent, key) : ticket, wish, response, UNWATCHED);
    } catch (RuntimeException e) { // we are no longer on the request's thread: nobody else maps it
      response.resume(e);
    }
  }

  private void respond(
      Ticket ticket, Prefer wish, AsyncResponse response, Supplier<Watch> presence) {
    if (wish.async()) {
      ticket
          .accepted()
          .whenComplete(
              (done, error) ->
                  response.resume(
                      error == null ? answers.accepted(ticket.job()) : answers.failed(error)));
    } else {
      new WaitingCall(ticket, response, answers, presence)
          .await(wish.patience(), () -> node.dispatcher().cancel(ticket.job()));
    }
  }

  static Submission.@Nullable IdempotencyKey key(@Nullable String key, byte[] body) {
    if (key == null) {
      return null;
    }
    if (!key.matches("[\\x21-\\x7e]{1,200}")) {
      throw SkepException.of("idempotency-key-malformed", 400)
          .because("an Idempotency-Key is 1 to 200 visible ASCII characters")
          .hint("A random UUID does.");
    }
    return new Submission.IdempotencyKey(key, sha256(body));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
