package dev.skep.queen.finite;

import dev.skep.queen.job.Kept;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** Forgets which job an input became when its result is not kept any more. */
@Singleton
public class ResultsTimer {
  @Inject ResultRows rows;
  @Inject Kept kept;

  @Schedule(hour = "*", minute = "41", persistent = false)
  public void forget() {
    rows.forget(kept.days());
  }
}
