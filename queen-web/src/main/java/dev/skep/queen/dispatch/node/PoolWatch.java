package dev.skep.queen.dispatch.node;

import dev.skep.persistence.budget.BudgetSlabs;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.dispatch.Dispatcher;
import dev.skep.queen.dispatch.PoolLoad;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the dispatcher's pools like their rows, and their budgets from running dry. */
final class PoolWatch {
  /** A new slab is asked for when the old one covers fewer jobs. */
  private static final int AHEAD = 50;

  private final PoolRows pools;
  private final BudgetSlabs slabs;
  private final String node;
  private final Dispatcher dispatcher;
  private final Map<PoolId, PoolRows.Mark> marks = new ConcurrentHashMap<>();
  private final Map<PoolId, PoolRows.Known> known = new ConcurrentHashMap<>();

  /** Pools whose deposit is granted to the last, at this state of their row. */
  private final Map<PoolId, PoolRows.Mark> drained = new ConcurrentHashMap<>();

  PoolWatch(PoolRows pools, BudgetSlabs slabs, String node, Dispatcher dispatcher) {
    this.pools = pools;
    this.slabs = slabs;
    this.node = node;
    this.dispatcher = dispatcher;
  }

  Optional<PoolRows.Known> find(PoolId pool) {
    return Optional.ofNullable(known.get(pool));
  }

  /** Reads again what changed since the last look. */
  synchronized void refresh() {
    for (PoolRows.Live live : pools.live()) {
      if (!live.mark().equals(marks.get(live.id()))) {
        pools.find(live.id()).ifPresent(this::load);
        marks.put(live.id(), live.mark());
      }
    }
  }

  /** Reads one pool now, for a caller who knows it is new. */
  synchronized void refresh(PoolId pool) {
    pools.find(pool).ifPresent(this::load);
  }

  private void load(PoolRows.Known pool) {
    PoolId id = pool.terms().id();
    if (known.put(id, pool) == null) {
      BudgetSlabs.Standing standing = slabs.standing(id, node);
      dispatcher.pool(pool.terms(), standing.granted(), standing.spent());
    } else {
      dispatcher.pool(pool.terms(), TokenAmount.ZERO, TokenAmount.ZERO);
    }
    drained.remove(id);
    topUp(dispatcher.load(id), pool);
  }

  /** Takes new slabs before the old ones are used up. */
  synchronized void topUp() {
    for (PoolLoad load : dispatcher.loads()) {
      find(load.pool()).ifPresent(pool -> topUp(load, pool));
    }
  }

  private void topUp(PoolLoad load, PoolRows.Known pool) {
    TokenAmount needed = load.reserved().plus(load.spent()).plus(pool.maxPerJob().times(AHEAD));
    boolean isLow = load.granted().compareTo(needed) < 0;
    PoolRows.Mark mark = marks.get(load.pool());
    boolean hasRest = mark == null || !mark.equals(drained.get(load.pool()));
    if (isLow && hasRest && pool.terms().state() == PoolState.OPEN) {
      if (!enlarge(pool, load, needed) && mark != null) {
        drained.put(load.pool(), mark);
      }
    }
  }

  /** Takes a slab at once because a job did not fit; true when there is more now. */
  synchronized boolean topUp(PoolId id) {
    PoolLoad load = dispatcher.load(id);
    return find(id)
        .map(
            pool ->
                enlarge(
                    pool, load, load.reserved().plus(load.spent()).plus(pool.maxPerJob().times(3))))
        .orElse(false);
  }

  private boolean enlarge(PoolRows.Known pool, PoolLoad load, TokenAmount needed) {
    TokenAmount granted = slabs.enlarge(load.pool(), node, needed);
    dispatcher.pool(pool.terms(), granted, TokenAmount.ZERO);
    return granted.compareTo(load.granted()) > 0;
  }
}
