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
import org.jspecify.annotations.Nullable;

/** Sends a client's job into a pool: access first, then budget, then the dispatcher. */
@ApplicationScoped
public class JobCall {
  /** Stands for a client of a public pool who did not sign in. */
  static final WalletAddress NOBODY =
      new WalletAddress("0x0000000000000000000000000000000000000000");

  @Inject Node node;

  /**
   * @param client null when not signed in
   * @param heard what is wanted of the job while it runs
   */
  Ticket send(
      PoolId pool,
      @Nullable WalletAddress client,
      byte[] input,
      Submission.@Nullable IdempotencyKey key,
      Hearing heard) {
    requireAccess(pool, client);
    JsonText.check(input);
    Submission submission =
        new Submission(pool, client == null ? NOBODY : client, input, key, heard);
    try {
      return node.dispatcher().submit(submission);
    } catch (SkepException e) {
      if ("budget-exhausted".equals(e.code()) && node.topUp(pool)) {
        return node.dispatcher().submit(submission);
      }
      throw e;
    }
  }

  private void requireAccess(PoolId pool, @Nullable WalletAddress client) {
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
