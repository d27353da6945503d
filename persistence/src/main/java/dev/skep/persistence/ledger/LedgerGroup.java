package dev.skep.persistence.ledger;

import dev.skep.persistence.ledger.LedgerBatch.Write;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Applies operations in their order to the locked rows and writes what came of it in one
 * transaction; tells the waiting ones only after the commit.
 */
final class LedgerGroup {
  private final List<LedgerOperation> operations;
  private final boolean resent;
  private final LedgerRows rows = new LedgerRows();
  private final LedgerKeys keys = new LedgerKeys();
  private final LedgerBatch batch = new LedgerBatch();
  private final List<Runnable> afterCommit = new ArrayList<>();

  /**
   * {@code resent}: an earlier commit of the same operations may have taken effect without our
   * knowing.
   */
  LedgerGroup(List<LedgerOperation> operations, boolean resent) {
    this.operations = operations;
    this.resent = resent;
  }

  void write(Connection connection) throws SQLException {
    List<JobId> existing =
        operations.stream()
            .map(LedgerOperation::existingJob)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    rows.load(connection, existing);
    keys.take(connection, accepted());
    operations.forEach(this::apply);
    batch.send(connection);
    connection.commit();
    afterCommit.forEach(Runnable::run);
  }

  private void apply(LedgerOperation operation) {
    if (operation instanceof LedgerOperation.Accept accept) {
      accept(accept);
    } else if (operation instanceof LedgerOperation.Lease lease) {
      tell(operation, lease(lease.attempts()));
    } else if (operation instanceof LedgerOperation.Finish finish) {
      tell(operation, finish(finish.end()));
    }
  }

  private List<AcceptedJob> accepted() {
    return operations.stream()
        .filter(LedgerOperation.Accept.class::isInstance)
        .map(operation -> ((LedgerOperation.Accept) operation).job())
        .toList();
  }

  private void tell(LedgerOperation operation, LedgerOutcome outcome) {
    afterCommit.add(() -> operation.written(outcome));
  }

  private void accept(LedgerOperation.Accept accept) {
    AcceptedJob job = accept.job();
    if (!keys.mayWrite(job)) {
      SkepException used =
          SkepException.of("idempotency-key-used", 409)
              .because("the idempotency key has made a job before")
              .hint("Read that job, or use another key.");
      afterCommit.add(() -> accept.failed(used));
      return;
    }
    rows.set(job.id(), job.bornAs());
    batch.add(Write.JOB, statement -> bind(statement, job));
    batch.add(
        Write.INPUT,
        statement -> {
          statement.setObject(1, job.id().value());
          statement.setBytes(2, job.input());
        });
    job.leased().forEach(this::insert);
    tell(accept, LedgerOutcome.WRITTEN);
  }

  private LedgerOutcome lease(List<NewAttempt> attempts) {
    JobId id = attempts.get(0).ref().job();
    JobState state = rows.job(id);
    boolean known = attempts.stream().anyMatch(attempt -> rows.attempt(attempt.ref()) != null);
    if (state == null || !state.isOpen() || known) {
      return resent && known ? LedgerOutcome.WRITTEN : LedgerOutcome.LATE;
    }
    attempts.forEach(this::insert);
    if (state == JobState.QUEUED) {
      move(id, JobState.TRANSITIONS.check(state, JobState.LEASED));
    }
    return LedgerOutcome.WRITTEN;
  }

  private void insert(NewAttempt attempt) {
    rows.set(attempt.ref(), AttemptState.LEASED);
    batch.add(
        Write.ATTEMPT,
        statement -> {
          statement.setObject(1, attempt.ref().job().value());
          statement.setInt(2, attempt.ref().number());
          statement.setObject(3, attempt.slot().value());
          statement.setString(4, attempt.provider().toString());
          statement.setString(5, attempt.machineId());
          statement.setObject(6, attempt.session().value());
          statement.setObject(7, time(attempt.leaseUntil()));
          statement.setBoolean(8, attempt.own());
        });
  }

  private LedgerOutcome finish(JobEnd end) {
    if (!isInTime(end)) {
      return resent && isDone(end) ? LedgerOutcome.WRITTEN : LedgerOutcome.LATE;
    }
    end.attempts().forEach(this::end);
    end.receipts().forEach(this::insert);
    end.logs().forEach(this::insert);
    writeOutput(end);
    JobState next = end.state();
    if (next != null && next != rows.job(end.job())) {
      move(end, next);
    }
    return LedgerOutcome.WRITTEN;
  }

  private boolean isInTime(JobEnd end) {
    JobState state = rows.job(end.job());
    JobState next = end.state();
    boolean mayMove =
        next == null
            || (state == next && state.isOpen())
            || (state != null && JobState.TRANSITIONS.allows(state, next));
    return state != null
        && mayMove
        && end.attempts().stream().allMatch(a -> rows.attempt(a.ref()) == AttemptState.LEASED);
  }

  private boolean isDone(JobEnd end) {
    JobState next = end.state();
    return (next == null || next == rows.job(end.job()))
        && end.attempts().stream().allMatch(a -> rows.attempt(a.ref()) == a.state());
  }

  private void end(AttemptEnd end) {
    AttemptRef ref = end.ref();
    rows.set(ref, AttemptState.TRANSITIONS.check(AttemptState.LEASED, end.state()));
    batch.add(
        Write.ATTEMPT_END,
        statement -> {
          statement.setString(1, end.state().name());
          statement.setLong(2, end.runMicros());
          statement.setBytes(3, end.resultSha256());
          statement.setString(4, LedgerBatch.json(end.problem()));
          statement.setObject(5, ref.job().value());
          statement.setInt(6, ref.number());
        });
  }

  private void move(JobId id, JobState state) {
    rows.set(id, state);
    batch.add(
        Write.JOB_STATE,
        statement -> {
          statement.setString(1, state.name());
          statement.setObject(2, id.value());
        });
  }

  private void move(JobEnd end, JobState next) {
    JobState.TRANSITIONS.check(Objects.requireNonNull(rows.job(end.job())), next);
    if (next.isOpen()) {
      move(end.job(), next);
      return;
    }
    rows.set(end.job(), next);
    batch.add(
        Write.JOB_END,
        statement -> {
          statement.setString(1, next.name());
          statement.setString(2, LedgerBatch.json(end.problem()));
          statement.setObject(3, end.job().value());
        });
  }

  private void insert(NewReceipt receipt) {
    batch.add(
        Write.RECEIPT,
        statement -> {
          statement.setObject(1, receipt.attempt().job().value());
          statement.setInt(2, receipt.attempt().number());
          statement.setObject(3, receipt.pool().value());
          statement.setString(4, receipt.provider().toString());
          statement.setBigDecimal(5, new BigDecimal(receipt.amount().value()));
          statement.setBytes(6, receipt.resultSha256());
        });
  }

  private void insert(JobLog log) {
    batch.add(
        Write.LOG,
        statement -> {
          statement.setObject(1, log.attempt().job().value());
          statement.setInt(2, log.attempt().number());
          statement.setString(3, log.body().replace('\0', '\uFFFD'));
          statement.setBoolean(4, log.truncated());
        });
  }

  private void writeOutput(JobEnd end) {
    JobOutput output = end.output();
    if (output != null) {
      batch.add(
          Write.OUTPUT,
          statement -> {
            statement.setObject(1, end.job().value());
            statement.setBytes(2, output.body());
            statement.setBytes(3, output.sha256());
          });
    }
  }

  private static void bind(PreparedStatement statement, AcceptedJob job) throws SQLException {
    statement.setObject(1, job.id().value());
    statement.setObject(2, job.pool().value());
    statement.setString(3, job.client().toString());
    statement.setString(4, job.node());
    statement.setString(5, job.bornAs().name());
    statement.setInt(6, job.copies());
    statement.setInt(7, job.agree());
    statement.setBigDecimal(8, new BigDecimal(job.reserved().value()));
    statement.setObject(9, time(job.queueUntil()));
    statement.setInt(10, job.runLimitMillis());
    statement.setObject(11, time(job.totalUntil()));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
