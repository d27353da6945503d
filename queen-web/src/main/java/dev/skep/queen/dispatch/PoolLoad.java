package dev.skep.queen.dispatch;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;

/** A pool's figures of this moment on this node. */
public record PoolLoad(
    PoolId pool,
    int waitingJobs,
    int liveSlots,
    int runningAttempts,
    TokenAmount granted,
    TokenAmount reserved,
    TokenAmount spent) {
  static PoolLoad of(PoolDesk desk) {
    return new PoolLoad(
        desk.terms.id(),
        desk.waiting.size(),
        (int) Presence.liveSeats(desk),
        desk.seats.stream().mapToInt(seat -> seat.leases.size()).sum(),
        desk.budget.granted(),
        desk.budget.reserved(),
        desk.budget.spent());
  }
}
