package dev.skep.queen.job;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.Hearing;
import dev.skep.queen.dispatch.Submission;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.dispatch.node.PoolDoor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends a client's job into a pool: access first, then budget, then the dispatcher. */
@ApplicationScoped
public class JobCall {
  /** Stands for a client of a public pool who did not sign in. */
  public static final WalletAddress NOBODY =
      new WalletAddress("0x0000000000000000000000000000000000000000");

  @Inject Node node;
  @Inject Replays replays;

  /**
   * Sends a job under a key: a repeated call is given the first one's ticket, whether that job runs
   * or ended long ago. Done when the job is durable; fails when the key was used for something
   * else. A ticket whose acceptance failed is given as it is.
   */
  public CompletableFuture<Ticket> sendOnce(
      PoolId pool, @Nullable WalletAddress client, byte[] input, Submission.IdempotencyKey key) {
    Ticket ticket = send(pool, client, JobInput.sent(input), key, Hearing.ANSWER);
    Submission sent = new Submission(pool, client == null ? NOBODY : client, input, key);
    return ticket
        .accepted()
        .handle(
            (done, error) ->
                error != null && Replays.isReplay(error) ? replays.first(sent, key) : ticket);
  }

  /**
   * @param client null when not signed in
   * @param heard what is wanted of the job while it runs
   */
  Ticket send(
      PoolId pool,
      @Nullable WalletAddress client,
      JobInput input,
      Submission.@Nullable IdempotencyKey key,
      Hearing heard) {
    requireAccess(pool, client);
    input.check();
    Submission submission =
        new Submission(pool, client == null ? NOBODY : client, input.bytes(), key, heard);
    try {
      return node.dispatcher().submit(submission);
    } catch (SkepException e) {
      if ("budget-exhausted".equals(e.code()) && node.topUp(pool)) {
        return node.dispatcher().submit(submission);
      }
      throw e;
    }
  }

  /** Throws unless this client may send jobs to the pool. */
  public void requireAccess(PoolId pool, @Nullable WalletAddress client) {
    PoolDoor door =
        node.pool(pool)
            .orElseThrow(
                () ->
                    SkepException.of("pool-not-found", 404)
                        .because("there is no pool " + pool)
                        .hint("List the open pools with: skep pool list"));
    if (door.admits(client)) {
      return;
    }
    if (client == null) {
      throw SkepException.of("unauthorized", 401)
          .because("this pool takes jobs of signed-in clients only")
          .hint("Sign in and send the token as Authorization: Bearer.");
    }
    throw SkepException.of("pool-access-denied", 403)
        .because("wallet " + client + " may not send jobs to pool " + pool)
        .hint("Ask its owner, or list your own pool.");
  }
}
