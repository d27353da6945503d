package dev.skep.persistence.ledger;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends of attempts with what they bring: receipts, logs, the output, and the job's next state. All
 * of it is written or none: when an attempt has ended already, or the job may not go to {@code
 * state} any more, the whole is {@link LedgerOutcome#LATE}.
 *
 * @param state the job's next state (QUEUED puts it back into the queue), or null when it stays as
 *     it is
 */
public record JobEnd(
    JobId job,
    @Nullable JobState state,
    List<AttemptEnd> attempts,
    List<NewReceipt> receipts,
    List<JobLog> logs,
    @Nullable JobOutput output,
    @Nullable Problem problem) {

  public JobEnd {
    attempts = List.copyOf(attempts);
    receipts = List.copyOf(receipts);
    logs = List.copyOf(logs);
  }

  /** An end of attempts that leaves the job as it is; add more with a full constructor. */
  public static JobEnd ofAttempts(JobId job, List<AttemptEnd> attempts) {
    return new JobEnd(job, null, attempts, List.of(), List.of(), null, null);
  }

  /** An end of the job itself. */
  public static JobEnd ofJob(
      JobId job, JobState state, List<AttemptEnd> attempts, @Nullable Problem problem) {
    return new JobEnd(job, state, attempts, List.of(), List.of(), null, problem);
  }
}
