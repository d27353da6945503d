package dev.skep.queen.dispatch;

import dev.skep.protocol.pool.PoolState;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pool in memory: its terms, its budget, its seats and the jobs that wait for one. */
final class PoolDesk {
  final PoolBudget budget = new PoolBudget();
  final Set<Seat> seats = new LinkedHashSet<>();
  final ArrayDeque<LiveJob> waiting = new ArrayDeque<>();
  PoolTerms terms;
  private long turn;

  PoolDesk(PoolTerms terms) {
    this.terms = terms;
  }

  /** The best free seat that may take this job now, or null. */
  @Nullable Seat seatFor(LiveJob job) {
    Seat best = null;
    if (isPaused()) {
      return null;
    }
    for (Seat seat : seats) {
      if (seat.isFree() && job.allows(seat) && (best == null || seat.isBetterThan(best))) {
        best = seat;
      }
    }
    if (best != null) {
      best.offered(++turn);
    }
    return best;
  }

  boolean isPaused() {
    return terms.state() == PoolState.PAUSED;
  }

  boolean hasFreeSeat() {
    for (Seat seat : seats) {
      if (!isPaused() && seat.isFree()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a second copy could run on another key at all. */
  boolean canCheck() {
    return distinctKeys().size() > 1;
  }

  private Set<String> distinctKeys() {
    return seats.stream()
        .filter(Seat::isAtWork)
        .map(seat -> seat.machine.distinctKey(terms.policy().distinctBy()))
        .collect(Collectors.toSet());
  }

  void queue(LiveJob job, boolean first) {
    if (job.waiting) {
      return;
    }
    job.waiting = true;
    if (first) {
      waiting.addFirst(job);
    } else {
      waiting.addLast(job);
    }
  }

  void unqueue(LiveJob job) {
    if (job.waiting) {
      job.waiting = false;
      waiting.remove(job);
    }
  }
}
