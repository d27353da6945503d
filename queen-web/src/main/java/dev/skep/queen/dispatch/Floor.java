package dev.skep.queen.dispatch;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What the dispatcher holds in memory, and its ports. Everything is guarded by one lock. */
final class Floor {
  final Map<PoolId, PoolDesk> desks = new HashMap<>();
  final Map<SlotId, Seat> seats = new HashMap<>();
  final Map<SessionId, Link> links = new HashMap<>();
  final Map<JobId, LiveJob> jobs = new LinkedHashMap<>();
  final ReentrantLock lock = new ReentrantLock();
  final Clock clock;
  final Settings settings;
  final Ports ports;
  final Meters meters = new Meters();
  long liveInputBytes;

  /** Set when a commit's fate is unknown: rows may exist that memory does not know. */
  boolean inDoubt;

  Floor(Clock clock, Settings settings, Ports ports) {
    this.clock = clock;
    this.settings = settings;
    this.ports = ports;
  }

  long now() {
    return clock.millis();
  }

  PoolDesk desk(PoolId pool) {
    PoolDesk desk = desks.get(pool);
    if (desk == null) {
      throw SkepException.of("pool-not-found", 404)
          .because("there is no pool " + pool)
          .hint("List the open pools with: skep pool list");
    }
    return desk;
  }

  void add(LiveJob job) {
    jobs.put(job.id, job);
    liveInputBytes += job.input.length;
  }

  void remove(LiveJob job) {
    if (jobs.remove(job.id) != null) {
      liveInputBytes -= job.input.length;
    }
    job.desk.unqueue(job);
  }
}
