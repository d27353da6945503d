package dev.skep.queen.dispatch;

import dev.skep.protocol.job.JobState;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the start of the node; read by the metrics endpoint. */
public final class Meters {
  private final LongAdder accepted = new LongAdder();
  private final AtomicLongArray ended = new AtomicLongArray(JobState.values().length);
  private final LongAdder offers = new LongAdder();
  private final LongAdder refusedResults = new LongAdder();
  private final LongAdder lostSessions = new LongAdder();
  private final LongAdder queueMicros = new LongAdder();

  void jobAccepted() {
    accepted.increment();
  }

  void jobEnded(JobState state) {
    ended.incrementAndGet(state.ordinal());
  }

  void offered(long waitedMillis) {
    offers.increment();
    queueMicros.add(waitedMillis * 1000);
  }

  void resultRefused() {
    refusedResults.increment();
  }

  void sessionLost() {
    lostSessions.increment();
  }

  public long accepted() {
    return accepted.sum();
  }

  public long ended(JobState state) {
    return ended.get(state.ordinal());
  }

  public long offers() {
    return offers.sum();
  }

  public long refusedResults() {
    return refusedResults.sum();
  }

  public long lostSessions() {
    return lostSessions.sum();
  }

  /** Sum over all offers of the time from accept to offer, in microseconds. */
  public long queueMicros() {
    return queueMicros.sum();
  }
}
