package dev.skep.queen.dispatch.node;

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
  private final PoolRows pools;
  private final OpenRows open;
  private final Slabs slabs;
  private final Dispatcher dispatcher;
  private final Map<PoolId, PoolRows.Mark> marks = new ConcurrentHashMap<>();
  private final Map<PoolId, PoolRows.Known> known = new ConcurrentHashMap<>();

  PoolWatch(PoolRows pools, OpenRows open, Slabs slabs, Dispatcher dispatcher) {
    this.pools = pools;
    this.open = open;
    this.slabs = slabs;
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
    boolean isNew = known.put(id, pool) == null;
    TokenAmount spent = isNew ? open.spent(id) : TokenAmount.ZERO;
    dispatcher.pool(pool.terms(), slabs.granted(id), spent);
    topUp(dispatcher.load(id), pool);
  }

  /** Takes a new share before the old one is used up. */
  synchronized void topUp() {
    for (PoolLoad load : dispatcher.loads()) {
      find(load.pool()).ifPresent(pool -> topUp(load, pool));
    }
  }

  /** Takes a share at once because a job did not fit; true when there is more now. */
  synchronized boolean topUp(PoolId pool) {
    TokenAmount before = dispatcher.load(pool).granted();
    grant(known.get(pool));
    return dispatcher.load(pool).granted().compareTo(before) > 0;
  }

  private void topUp(PoolLoad load, PoolRows.Known pool) {
    TokenAmount used = load.reserved().plus(load.spent());
    boolean low = load.granted().compareTo(used.plus(pool.maxPerJob().times(50))) < 0;
    if (low && pool.terms().state() == PoolState.OPEN) {
      grant(pool);
    }
  }

  private void grant(PoolRows.@org.jspecify.annotations.Nullable Known pool) {
    if (pool != null) {
      dispatcher.pool(pool.terms(), slabs.take(pool.terms().id()), TokenAmount.ZERO);
    }
  }
}
