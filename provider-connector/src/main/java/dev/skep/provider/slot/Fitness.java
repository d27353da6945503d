package dev.skep.provider.slot;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.pool.PoolCheck;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.RuntimeProblem;
import dev.skep.provider.runtime.WarmSlot;
import java.nio.charset.StandardCharsets;

/**
 * What a fresh container has to show before its first job: its init has run, or there would be no
 * container, and it answers the pool's check as the pool says.
 */
final class Fitness {
  private static final int MOST_SHOWN = 500;

  private Fitness() {}

  /** The same container; closed and refused as {@code check-failed} when it is not fit. */
  static WarmSlot proven(SlotId slot, JobSpec job, WarmSlot fresh) {
    try {
      job.setting().check().ifPresent(check -> prove(check, run(slot, job, fresh, check)));
      return fresh;
    } catch (SkepException e) {
      fresh.close();
      throw e;
    }
  }

  private static JobOutcome run(SlotId slot, JobSpec job, WarmSlot fresh, PoolCheck check) {
    AttemptRef attempt = new AttemptRef(new JobId(slot.value()), 1);
    return fresh.run(attempt, check.inputBytes(), job.initLimit());
  }

  private static void prove(PoolCheck check, JobOutcome outcome) {
    Problem problem = outcome.problem();
    if (problem != null && problem.fault() == Fault.PROVIDER) {
      throw problem.toException();
    } else if (problem != null) {
      throw RuntimeProblem.CHECK_FAILED.because(problem.code() + ": " + problem.detail());
    } else if (!check.accepts(outcome.output())) {
      throw RuntimeProblem.CHECK_FAILED.because(
          "the pool's check wants %s, the answer here is %s"
              .formatted(shown(check.output()), shown(text(outcome))));
    }
  }

  private static String text(JobOutcome outcome) {
    return new String(outcome.output(), StandardCharsets.UTF_8);
  }

  private static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
  }
}
