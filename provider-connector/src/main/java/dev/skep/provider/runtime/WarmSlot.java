package dev.skep.provider.runtime;

import dev.skep.protocol.id.AttemptRef;
import java.time.Duration;

/**
 * One warm container: the program is loaded, its init has run once, and it answers jobs until it is
 * closed or dies.
 *
 * <p>Thread-safe; jobs run one at a time in the order they arrive. A slot never comes back from the
 * dead: after a run limit, a cancel, an out-of-memory kill or a broken answer {@link #alive()} is
 * false and the caller starts another.
 */
public interface WarmSlot extends AutoCloseable {

  /** The engine's id of the container, unique per slot. */
  String containerId();

  /**
   * Runs one job and blocks until its outcome is known. Never throws for what the job or the engine
   * did: the outcome's problem says what happened and whose fault it is.
   *
   * @param input the job's JSON input, UTF-8
   * @param limit time the job may run, counted from the moment the container gets it; afterwards it
   *     is killed
   * @param events hears parts, progress and log while the job runs; {@link JobEvents#NONE} when
   *     nobody listens
   */
  JobOutcome run(AttemptRef attempt, byte[] input, Duration limit, JobEvents events);

  /** Runs one job that nobody listens to while it runs. */
  default JobOutcome run(AttemptRef attempt, byte[] input, Duration limit) {
    return run(attempt, input, limit, JobEvents.NONE);
  }

  /**
   * Stops the attempt if it is the one running now (its container is killed); otherwise does
   * nothing.
   */
  void cancel(AttemptRef attempt);

  /**
   * Stops the container's processes until its next job, which lets them go on by itself: they take
   * no processor time meanwhile. False when a job runs, or when the engine cannot.
   */
  boolean freeze();

  /** False once the container cannot answer any further job. */
  boolean alive();

  /** Removes the container and everything made for it. Idempotent. */
  @Override
  void close();
}
