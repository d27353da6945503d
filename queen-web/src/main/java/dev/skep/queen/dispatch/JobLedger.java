package dev.skep.queen.dispatch;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dispatcher's decisions durable. Calls never block; writes are applied in the order of
 * the calls; a future is completed after the commit, on a thread that must not be held up.
 *
 * <p>A failed {@code accept} means that the job may or may not be there (the connection can break
 * inside a commit); a failed {@code lease} or {@code end} may be repeated with the same values.
 */
public interface JobLedger {
  CompletableFuture<Void> accept(Acceptance acceptance);

  CompletableFuture<Void> lease(Lease lease);

  /** True when this end was the first; false when the job had ended before. */
  CompletableFuture<Boolean> end(End end);

  /** A new job with the attempts leased at its birth. */
  @SuppressWarnings("ArrayRecordComponent")
  record Acceptance(
      JobHead head, byte[] input, List<Lease> leases, Submission.@Nullable IdempotencyKey key) {}

  /** The row of a job. */
  record JobHead(
      JobId id,
      PoolId pool,
      WalletAddress client,
      JobState state,
      int copies,
      int agree,
      TokenAmount reserved,
      Deadlines deadlines) {}

  /** Moments after which a job is given up, and how long one attempt may run. */
  record Deadlines(Instant accepted, Instant queueUntil, int runLimitMillis, Instant totalUntil) {}

  /** One attempt given to a slot. */
  record Lease(
      AttemptRef attempt,
      SlotId slot,
      Machine machine,
      SessionId session,
      Instant leasedAt,
      Instant leaseUntil,
      boolean own) {}

  /** The end of one attempt; the hash is there when it answered. */
  @SuppressWarnings("ArrayRecordComponent")
  record AttemptEnd(
      AttemptRef attempt,
      AttemptState state,
      long runMicros,
      byte @Nullable [] sha256,
      RunResult.RunLog log,
      @Nullable Problem problem) {}

  /** What one attempt earned. */
  @SuppressWarnings("ArrayRecordComponent")
  record Receipt(
      AttemptRef attempt, PoolId pool, WalletAddress provider, TokenAmount amount, byte[] sha256) {}

  /**
   * Ends of attempts and, with them, the job's next state in one transaction.
   *
   * @param state LEASED or QUEUED when the job goes on
   * @param output the verified output when the job completed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record End(
      JobId job,
      JobState state,
      Instant at,
      List<AttemptEnd> attempts,
      List<Receipt> receipts,
      byte @Nullable [] output,
      byte @Nullable [] sha256,
      @Nullable Problem problem) {}
}
