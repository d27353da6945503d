package dev.skep.queen.bulk;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.job.JobAnswers;
import dev.skep.queen.job.JobCall;
import dev.skep.queen.job.LargeAnswers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes a job of each line and the answer line of each job. */
@ApplicationScoped
public class BulkJobs {
  @Inject JobCall call;
  @Inject LargeAnswers large;

  /**
   * Who orders what.
   *
   * @param client null when not signed in
   * @param await whether the answer is the job's end, or only that it was accepted
   */
  record Order(PoolId pool, @Nullable WalletAddress client, boolean await) {}

  /** Throws unless the client may send jobs to the pool. */
  void check(Order order) {
    call.requireAccess(order.pool(), order.client());
  }

  /** The answer to a line; never fails, since every failure is an answer too. */
  CompletableFuture<byte[]> answer(Order order, BulkLine line) {
    return sent(order, line)
        .thenCompose(ticket -> answer(order, line, ticket))
        .exceptionally(error -> AnswerLine.refused(line, JobAnswers.known(error).problem()));
  }

  private CompletableFuture<Ticket> sent(Order order, BulkLine line) {
    try {
      return call.sendOnce(order.pool(), order.client(), line.input(), line.once());
    } catch (SkepException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<byte[]> answer(Order order, BulkLine line, Ticket ticket) {
    return order.await()
        ? ticket.answer().thenApply(answer -> AnswerLine.ended(line, large.spelledOut(answer)))
        : ticket.accepted().thenApply(done -> AnswerLine.accepted(line, ticket.job()));
  }
}
