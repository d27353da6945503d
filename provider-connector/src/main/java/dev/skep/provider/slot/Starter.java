package dev.skep.provider.slot;

import dev.skep.protocol.id.SlotId;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.WarmSlot;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Starts the containers of all seats, not more at a time than the machine bears. Thread-safe. */
final class Starter {
  private final JobRuntime runtime;
  private final Semaphore starts;
  private final Spare spare;

  Starter(JobRuntime runtime, int parallel, Keeping keeping) {
    this.runtime = runtime;
    this.starts = new Semaphore(parallel);
    this.spare = new Spare(this::startAlone, keeping);
  }

  /** A container that is fit for its first job: the spare one, or one that is started now. */
  WarmSlot start(SlotId slot, JobSpec job) throws InterruptedException {
    Optional<WarmSlot> ready = spare.take(job);
    return ready.isPresent() ? ready.get() : startAlone(slot, job);
  }

  private WarmSlot startAlone(SlotId slot, JobSpec job) throws InterruptedException {
    starts.acquire();
    try {
      return Fitness.proven(slot, job, runtime.start(slot, job));
    } finally {
      starts.release();
    }
  }

  Spare spare() {
    return spare;
  }
}
