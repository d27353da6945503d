package dev.skep.queen.dispatch;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;

/**
 * A pool's figures of this moment on this node.
 *
 * @param openSlots those of the live slots that take jobs
 */
public record PoolLoad(
    PoolId pool,
    int waitingJobs,
    int liveSlots,
    int openSlots,
    int runningAttempts,
    TokenAmount granted,
    TokenAmount reserved,
    TokenAmount spent) {
  static PoolLoad of(PoolDesk desk) {
    return new PoolLoad(
        desk.terms.id(),
        desk.waiting.size(),
        (int) Presence.liveSeats(desk),
        (int) desk.seats.stream().filter(seat -> seat.state.takesJobs()).count(),
        desk.seats.stream().mapToInt(seat -> seat.leases.size()).sum(),
        desk.budget.granted(),
        desk.budget.reserved(),
        desk.budget.spent());
  }
}
