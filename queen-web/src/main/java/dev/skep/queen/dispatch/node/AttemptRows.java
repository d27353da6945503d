package dev.skep.queen.dispatch.node;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.queen.dispatch.PastAttempts;
import dev.skep.queen.sql.Sql;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Attempts of ended jobs, from their rows. */
final class AttemptRows implements PastAttempts {
  private final Sql sql;
  private final Executor executor;

  AttemptRows(Sql sql, Executor executor) {
    this.sql = sql;
    this.executor = executor;
  }

  @Override
  public CompletableFuture<Optional<Fact>> find(AttemptRef attempt) {
    return CompletableFuture.supplyAsync(() -> read(attempt), executor);
  }

  private Optional<Fact> read(AttemptRef attempt) {
    return sql.first(
        "select provider, slot_id, state from attempt where job_id = ? and number = ?",
        row ->
            new Fact(
                row.address("provider"),
                new SlotId(row.uuid("slot_id")),
                AttemptState.valueOf(row.text("state"))),
        attempt.job(),
        attempt.number());
  }
}
