package dev.skep.persistence.ledger;

import dev.skep.protocol.id.JobId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One waiting write with the future of the one who waits for it. */
sealed interface LedgerOperation {
  /** The rows it reads, so that they can be locked before the group is applied. */
  @Nullable JobId existingJob();

  /** A rough size, to bound a group. */
  int bytes();

  void written(LedgerOutcome outcome);

  void failed(Throwable problem);

  record Accept(AcceptedJob job, CompletableFuture<Void> future) implements LedgerOperation {
    @Override
    public @Nullable JobId existingJob() {
      return null;
    }

    @Override
    public int bytes() {
      return job.input().length + 200;
    }

    @Override
    public void written(LedgerOutcome outcome) {
      future.complete(null);
    }

    @Override
    public void failed(Throwable problem) {
      future.completeExceptionally(problem);
    }
  }

  record Lease(List<NewAttempt> attempts, CompletableFuture<LedgerOutcome> future)
      implements LedgerOperation {
    @Override
    public JobId existingJob() {
      return attempts.get(0).ref().job();
    }

    @Override
    public int bytes() {
      return 200;
    }

    @Override
    public void written(LedgerOutcome outcome) {
      future.complete(outcome);
    }

    @Override
    public void failed(Throwable problem) {
      future.completeExceptionally(problem);
    }
  }

  record Finish(JobEnd end, CompletableFuture<LedgerOutcome> future) implements LedgerOperation {
    @Override
    public JobId existingJob() {
      return end.job();
    }

    @Override
    public int bytes() {
      JobOutput output = end.output();
      int logs = end.logs().stream().mapToInt(log -> log.body().length()).sum();
      return 200 + logs + (output == null ? 0 : output.body().length);
    }

    @Override
    public void written(LedgerOutcome outcome) {
      future.complete(outcome);
    }

    @Override
    public void failed(Throwable problem) {
      future.completeExceptionally(problem);
    }
  }
}
