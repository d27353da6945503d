package dev.skep.provider.runtime;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import java.util.List;

/**
 * Whatever runs jobs on this machine. Thread-safe.
 *
 * <p>A runtime owns everything it starts: closing it ends all its slots, and a new runtime on the
 * same machine removes what a killed one left behind before it starts its first slot.
 */
public interface JobRuntime extends AutoCloseable {

  /**
   * Starts one warm slot and blocks until the program's init has run, at most {@link
   * JobSpec#initLimit()} (plus the time the engine needs to create the container).
   *
   * @throws SkepException {@code init-failed} (fault JOB, carries the traceback), {@code
   *     init-limit} (JOB), {@code out-of-memory} (JOB), {@code image-*} (CALLER or PROVIDER),
   *     {@code runtime-unavailable} (PROVIDER, retryable). Nothing of the slot is left behind when
   *     it throws.
   */
  WarmSlot start(SlotId slot, JobSpec spec) throws SkepException;

  /**
   * What the owner of this machine should know about the engine's safety; empty when all is well.
   */
  List<Finding> findings();

  @Override
  void close();
}
