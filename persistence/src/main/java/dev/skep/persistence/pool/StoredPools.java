package dev.skep.persistence.pool;

import dev.skep.persistence.DatabaseProblem;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.Optional;

/**
 * Pools in the caller's transaction. Flushes, so that a failure is known here and not at commit.
 */
public final class StoredPools {
  private static final String OPEN =
      "select count(p) from Pool p where p.origin.owner = :owner and p.state <> :closed";

  private final EntityManager rows;
  private final Clock clock;

  public StoredPools(EntityManager rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  public void add(Pool pool) {
    DatabaseProblem.guard(
        "the pool was not written",
        () -> {
          rows.persist(pool);
          rows.flush();
          return pool;
        });
  }

  public Optional<Pool> find(PoolId id) {
    return DatabaseProblem.guard(
        "the pool was not read", () -> Optional.ofNullable(rows.find(Pool.class, id.value())));
  }

  /** How many pools of this owner are not closed. */
  public int countOpen(WalletAddress owner) {
    return DatabaseProblem.guard(
        "the pools were not counted",
        () ->
            rows.createQuery(OPEN, Long.class)
                .setParameter("owner", owner)
                .setParameter("closed", PoolState.CLOSED)
                .getSingleResult()
                .intValue());
  }

  /**
   * Moves a pool when it is still in {@code from}; false when somebody else was faster. The row is
   * locked first: the king and another node may move the same pool at this moment.
   */
  public boolean move(PoolId id, PoolState from, PoolState to, String reason) {
    return DatabaseProblem.guard(
        "the pool was not moved",
        () -> {
          Pool pool = rows.find(Pool.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
          if (pool == null || pool.state() != from) {
            return false;
          }
          pool.moveTo(to, reason, clock.instant());
          rows.flush();
          return true;
        });
  }
}
