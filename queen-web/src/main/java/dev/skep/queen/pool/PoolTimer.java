package dev.skep.queen.pool;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** The detector that moves closing pools on, and sweeps up after closed ones. */
@Singleton
public class PoolTimer {
  @Inject PoolBook pools;
  @Inject PoolFiles files;
  @Inject PoolSecrets secrets;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  public void closeSettled() {
    pools.closeSettled();
  }

  @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
  public void sweepFiles() {
    files.removeOfClosed();
    secrets.removeOfClosed();
  }
}
