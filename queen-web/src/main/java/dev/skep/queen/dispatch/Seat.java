package dev.skep.queen.dispatch;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A slot in memory: its state, the window of offers it takes and the attempts it holds. */
final class Seat {
  /** Weight of the newest measurement. */
  private static final double FRESH = 0.2;

  final SlotId id;
  final PoolId pool;
  final Set<LiveAttempt> leases = new LinkedHashSet<>();
  Machine machine;
  SlotState state;
  @Nullable Link link;
  int credits;

  /** Until when a seat without a link may be taken up again. */
  long graceUntilMillis;

  /** Results since they were last counted into the row. */
  long done;

  private double latencyMicros;
  private long lastOffer;

  Seat(SlotId id, PoolId pool, Machine machine, SlotState state) {
    this.id = id;
    this.pool = pool;
    this.machine = machine;
    this.state = state;
  }

  void move(SlotState next) {
    if (next != state) {
      state = SlotState.TRANSITIONS.check(state, next);
    }
  }

  boolean isFree() {
    return link != null && state.takesJobs() && leases.size() < credits;
  }

  /** Whether it works, now or in a while. */
  boolean isAtWork() {
    return link != null && (state.takesJobs() || state == SlotState.LOADING);
  }

  /** Whether its connector may say so; one that says anything else is not believed. */
  boolean mayBecome(SlotState next) {
    return next == state || SlotState.TRANSITIONS.allows(state, next);
  }

  boolean isGone() {
    return state.isOver();
  }

  void measured(long micros) {
    latencyMicros = latencyMicros == 0 ? micros : latencyMicros + FRESH * (micros - latencyMicros);
  }

  private boolean isCold() {
    return state == SlotState.COLD;
  }

  void offered(long turn) {
    lastOffer = turn;
  }

  /**
   * Warm before cold, which takes a start to wake; then least busy first, then the quickest, then
   * the one that waited longest.
   */
  boolean isBetterThan(Seat other) {
    if (isCold() != other.isCold()) {
      return other.isCold();
    }
    int byLoad = Integer.compare(leases.size() * other.credits, other.leases.size() * credits);
    if (byLoad != 0) {
      return byLoad < 0;
    }
    // Within a factor of two the measurement says nothing: take turns, so that every seat works.
    if (latencyMicros * 2 < other.latencyMicros || other.latencyMicros * 2 < latencyMicros) {
      return latencyMicros < other.latencyMicros;
    }
    return lastOffer < other.lastOffer;
  }
}
