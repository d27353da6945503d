package dev.skep.queen.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.annotation.Counted;

/** Makes and closes pools for their owners. */
@ApplicationScoped
public class PoolBook {
  private static final int MOST_OPEN = 1_000;

  @Inject Pools pools;
  @Inject Listings listings;
  @Inject Uuid7 ids;
  @Inject PoolSecrets secrets;

  /** The new pool waits for its deposit; anyone can compute its id on the chain from its own. */
  @Counted(
      name = "skep_pool_requests",
      absolute = true,
      description = "Right requests for a new pool")
  public Listing open(WalletAddress owner, NewPool pool) {
    if (pools.countOpen(owner) >= MOST_OPEN) {
      throw SkepException.of("too-many-pools", 429)
          .retryable(false)
          .because("This wallet has " + MOST_OPEN + " pools that are not closed.")
          .hint("Close some with POST /api/pools/{id}/close.");
    }
    PoolId id = new PoolId(ids.next());
    pools.add(id, owner, pool);
    secrets.keep(id, pool.secrets());
    return show(id);
  }

  public Listing show(PoolId id) {
    return listings
        .find(id)
        .orElseThrow(
            () ->
                SkepException.of("pool-not-found", 404)
                    .fault(Fault.CALLER)
                    .because("There is no pool " + id + ".")
                    .hint("List the pools with GET /api/pools."));
  }

  /**
   * Stops new jobs; those that are accepted run to their end. Closing twice is no error. A pool
   * that was never funded is closed at once.
   */
  public Listing close(PoolId id, WalletAddress caller) {
    Listing pool = ownedBy(caller, id);
    PoolState state = pool.standing().state();
    return switch (state) {
      case OPENING -> move(id, state, PoolState.CLOSED, "closed by its owner");
      case OPEN, PAUSED -> move(id, state, PoolState.CLOSING, "closed by its owner");
      case COMPLETED, CLOSING, CLOSED -> pool;
    };
  }

  /** Starts no more jobs until it is resumed; what runs ends. Pausing twice is no error. */
  public Listing pause(PoolId id, WalletAddress caller) {
    return turn(ownedBy(caller, id), PoolState.OPEN, PoolState.PAUSED);
  }

  /** Takes and starts jobs again. */
  public Listing resume(PoolId id, WalletAddress caller) {
    return turn(ownedBy(caller, id), PoolState.PAUSED, PoolState.OPEN);
  }

  private Listing turn(Listing pool, PoolState from, PoolState to) {
    PoolState state = pool.standing().state();
    if (state == to) {
      return pool;
    }
    if (state != from) {
      throw SkepException.of("pool-not-open", 409)
          .retryable(state == PoolState.OPENING)
          .because("The pool is " + state + "; only an open one is paused and resumed.")
          .hint("Look at it with: skep pool show " + pool.id());
    }
    return move(pool.id(), from, to, to == PoolState.PAUSED ? "paused by its owner" : "resumed");
  }

  /** The pool, when it is this caller's. */
  public Listing ownedBy(WalletAddress caller, PoolId id) {
    Listing pool = show(id);
    if (!pool.owner().equals(caller)) {
      throw SkepException.of("not-pool-owner", 403)
          .fault(Fault.CALLER)
          .because("Only its owner may do that to a pool.")
          .hint("Sign in with the wallet " + pool.owner() + ".");
    }
    return pool;
  }

  private Listing move(PoolId id, PoolState from, PoolState to, String reason) {
    if (!pools.move(id, from, to, reason)) {
      throw SkepException.of("pool-changed", 409)
          .retryable(true)
          .because("The pool changed its state meanwhile.")
          .hint("Look at it again and repeat.");
    }
    return show(id);
  }

  /** Ends the closing and completed pools that have nothing left to do. */
  public void closeSettled() {
    for (Listings.Settled pool : listings.settled()) {
      String reason =
          pool.state() == PoolState.COMPLETED
              ? "every input ended, the rest of the deposit went back"
              : "all jobs ended and settled";
      pools.move(pool.id(), pool.state(), PoolState.CLOSED, reason);
    }
  }
}
