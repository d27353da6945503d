package dev.skep.queen.dispatch.node;

import dev.skep.persistence.ledger.AcceptedJob;
import dev.skep.persistence.ledger.IdempotencyKey;
import dev.skep.persistence.ledger.JobEnd;
import dev.skep.persistence.ledger.JobLog;
import dev.skep.persistence.ledger.JobOutput;
import dev.skep.persistence.ledger.LedgerOutcome;
import dev.skep.persistence.ledger.LedgerWriter;
import dev.skep.persistence.ledger.NewAttempt;
import dev.skep.persistence.ledger.NewReceipt;
import dev.skep.queen.dispatch.JobLedger;
import dev.skep.queen.dispatch.Submission;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The dispatcher's ledger as rows, through this node's {@link LedgerWriter}. */
final class WriterLedger implements JobLedger {
  private final LedgerWriter writer;
  private final String node;

  WriterLedger(LedgerWriter writer, String node) {
    this.writer = writer;
    this.node = node;
  }

  @Override
  public CompletableFuture<Void> accept(Acceptance acceptance) {
    JobHead head = acceptance.head();
    return writer.accept(
        new AcceptedJob(
            head.id(),
            head.pool(),
            head.client(),
            node,
            head.copies(),
            head.agree(),
            head.reserved(),
            head.deadlines().queueUntil(),
            head.deadlines().runLimitMillis(),
            head.deadlines().totalUntil(),
            acceptance.input(),
            acceptance.leases().stream().map(WriterLedger::attempt).toList(),
            key(acceptance.key())));
  }

  @Override
  public CompletableFuture<Void> lease(Lease lease) {
    return writer.lease(attempt(lease)).thenApply(outcome -> null);
  }

  @Override
  public CompletableFuture<Boolean> end(End end) {
    return writer.finish(jobEnd(end)).thenApply(outcome -> outcome == LedgerOutcome.WRITTEN);
  }

  private static JobEnd jobEnd(End end) {
    return new JobEnd(
        end.job(),
        end.state(),
        end.attempts().stream().map(WriterLedger::attemptEnd).toList(),
        end.receipts().stream().map(WriterLedger::receipt).toList(),
        logs(end.attempts()),
        output(end),
        end.problem());
  }

  private static @Nullable JobOutput output(End end) {
    byte[] body = end.output();
    byte[] sha256 = end.sha256();
    return body == null || sha256 == null ? null : new JobOutput(body, sha256);
  }

  private static List<JobLog> logs(List<AttemptEnd> attempts) {
    return attempts.stream()
        .filter(end -> !end.log().text().isEmpty())
        .map(end -> new JobLog(end.attempt(), end.log().text(), end.log().truncated()))
        .toList();
  }

  private static dev.skep.persistence.ledger.AttemptEnd attemptEnd(AttemptEnd end) {
    return new dev.skep.persistence.ledger.AttemptEnd(
        end.attempt(), end.state(), end.runMicros(), end.sha256(), end.problem());
  }

  private static NewReceipt receipt(Receipt receipt) {
    return new NewReceipt(
        receipt.attempt(), receipt.pool(), receipt.provider(), receipt.amount(), receipt.sha256());
  }

  private static NewAttempt attempt(Lease lease) {
    return new NewAttempt(
        lease.attempt(),
        lease.slot(),
        lease.machine().provider(),
        lease.machine().machineId(),
        lease.session(),
        lease.leaseUntil(),
        lease.own());
  }

  private static @Nullable IdempotencyKey key(Submission.@Nullable IdempotencyKey key) {
    return key == null ? null : new IdempotencyKey(key.key(), key.requestSha256());
  }
}
