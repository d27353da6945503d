package dev.skep.queen.pool;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** The detector that moves closing pools on. */
@Singleton
public class PoolTimer {
  @Inject PoolBook pools;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  public void closeSettled() {
    pools.closeSettled();
  }
}
