package dev.skep.queen.finite;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.queen.dispatch.Answer;
import dev.skep.queen.dispatch.PoolLoad;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.job.JobCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;

/** Inputs as jobs of this node's dispatcher. */
@ApplicationScoped
public class DispatchedInputs implements FeedJobs {
  /** Jobs that wait per slot, so that none idles while the next one is written down. */
  private static final int WAITING_PER_SLOT = 2;

  @Inject Node node;
  @Inject JobCall call;

  @Override
  public int room(FinitePool pool) {
    boolean open =
        node.pool(pool.id()).filter(door -> door.terms().state() == PoolState.OPEN).isPresent();
    if (!open) {
      return 0;
    }
    PoolLoad load = node.dispatcher().load(pool.id());
    return WAITING_PER_SLOT * load.openSlots() - load.waitingJobs();
  }

  /** Whether a slot of the pool is served from here. */
  boolean hasSlots(PoolId pool) {
    return node.pool(pool).isPresent() && node.dispatcher().load(pool).liveSlots() > 0;
  }

  @Override
  public CompletableFuture<Answer> send(FinitePool pool, Input input, int again) {
    try {
      return call.sendOnce(pool.id(), pool.owner(), input.text(), input.key(again))
          .thenCompose(Ticket::answer);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
