package dev.skep.queen.dispatch;

import java.time.Duration;

/**
 * How long a job may queue, run and take as a whole, and how many slots a pool has.
 *
 * @param retries attempts beyond the wanted copies before a job is given up
 */
public record Limits(
    int slots, int perProvider, int retries, Duration queue, Duration run, Duration total) {
  /** Of a pool that does not say. */
  public static final int RETRIES = 4;
}
