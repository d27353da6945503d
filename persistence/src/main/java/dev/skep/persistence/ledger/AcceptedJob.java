package dev.skep.persistence.ledger;

import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job to be written with its input and the leases it is born with; without a lease it is born
 * QUEUED.
 */
public record AcceptedJob(
    JobId id,
    PoolId pool,
    WalletAddress client,
    String node,
    int copies,
    int agree,
    TokenAmount reserved,
    Instant queueUntil,
    int runLimitMillis,
    Instant totalUntil,
    byte[] input,
    List<NewAttempt> leased,
    @Nullable IdempotencyKey idempotency) {

  public AcceptedJob {
    leased = List.copyOf(leased);
  }

  public JobState bornAs() {
    return leased.isEmpty() ? JobState.QUEUED : JobState.LEASED;
  }
}
