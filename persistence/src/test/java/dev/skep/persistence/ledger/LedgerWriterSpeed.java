package dev.skep.persistence.ledger;

import dev.skep.persistence.postgres.TestRows;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Measures the writer alone; run by hand, prints jobs per second (two transactions' worth of rows
 * each).
 */
final class LedgerWriterSpeed {
  private static final byte[] HASH = new byte[32];

  public static void main(String[] arguments) throws InterruptedException {
    TestRows rows = TestRows.fresh();
    for (int inFlight : new int[] {1, 4, 16, 32, 32, 128}) {
      measure(rows, inFlight, inFlight < 16 ? 1500 : 8000);
    }
    System.exit(0);
  }

  private static void measure(TestRows rows, int inFlight, int jobs) throws InterruptedException {
    PoolId pool = rows.newPoolId();
    Semaphore window = new Semaphore(inFlight);
    try (LedgerWriter writer =
        new LedgerWriter(rows.source(), Thread::new, LedgerWriter.Limits.DEFAULT)) {
      long start = System.nanoTime();
      for (JobId id : Stream.generate(rows::newJobId).limit(jobs).toList()) {
        window.acquire();
        CompletableFuture<?> end =
            writer.accept(job(rows, pool, id)).thenCompose(done -> writer.finish(end(pool, id)));
        var unused = end.whenComplete((done, error) -> window.release());
      }
      window.acquire(inFlight);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%d in flight: %.0f jobs/s, %.1f operations a group, %.2f ms a job%n",
          inFlight,
          jobs / seconds,
          (double) writer.meter().operations() / writer.meter().groups(),
          1000 * seconds / jobs * inFlight);
    }
  }

  private static AcceptedJob job(TestRows rows, PoolId pool, JobId id) {
    Instant until = Instant.now().plusSeconds(60);
    NewAttempt lease =
        new NewAttempt(
            new AttemptRef(id, 1),
            new SlotId(rows.ids().next()),
            TestRows.PROVIDER,
            "m",
            new SessionId(rows.ids().next()),
            until,
            false);
    return new AcceptedJob(
        id,
        pool,
        TestRows.OWNER,
        "n",
        1,
        1,
        TokenAmount.of(1),
        until,
        1,
        until,
        new byte[1024],
        List.of(lease),
        new IdempotencyKey(id.toString(), HASH));
  }

  private static JobEnd end(PoolId pool, JobId id) {
    AttemptRef ref = new AttemptRef(id, 1);
    return new JobEnd(
        id,
        JobState.COMPLETED,
        List.of(new AttemptEnd(ref, AttemptState.SUCCEEDED, 1, HASH, null)),
        List.of(new NewReceipt(ref, pool, TestRows.PROVIDER, TokenAmount.of(1), HASH)),
        List.of(),
        new JobOutput(new byte[1024], HASH),
        null);
  }
}
