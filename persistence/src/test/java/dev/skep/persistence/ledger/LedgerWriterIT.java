package dev.skep.persistence.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.persistence.postgres.TestRows;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerWriterIT {
  private static final byte[] HASH = new byte[32];
  private static TestRows rows;

  private PoolId pool;
  private LedgerWriter writer;

  @BeforeAll
  static void migrate() {
    rows = TestRows.fresh();
  }

  @BeforeEach
  void open() {
    pool = rows.newPoolId();
    writer = writer(LedgerWriter.Limits.DEFAULT);
  }

  @AfterEach
  void close() {
    writer.close();
  }

  private static LedgerWriter writer(LedgerWriter.Limits limits) {
    return new LedgerWriter(rows.source(), Thread::new, limits);
  }

  private NewAttempt attempt(JobId job, int number) {
    return new NewAttempt(
        new AttemptRef(job, number),
        new SlotId(rows.ids().next()),
        TestRows.PROVIDER,
        "machine",
        new SessionId(rows.ids().next()),
        Instant.now().plusSeconds(60),
        false);
  }

  private AcceptedJob job(JobId id, List<NewAttempt> leased, String key, String input) {
    Instant until = Instant.now().plusSeconds(60);
    IdempotencyKey idempotency = key == null ? null : new IdempotencyKey(key, HASH);
    return new AcceptedJob(
        id,
        pool,
        TestRows.OWNER,
        "node1",
        1,
        1,
        TokenAmount.of(10),
        until,
        1000,
        until,
        input.getBytes(),
        leased,
        idempotency);
  }

  private JobId leasedJob(int attempts) {
    JobId id = rows.newJobId();
    List<NewAttempt> leases =
        IntStream.rangeClosed(1, attempts).mapToObj(n -> attempt(id, n)).toList();
    writer.accept(job(id, leases, null, "{}")).join();
    return id;
  }

  private JobEnd success(JobId job, int number, JobState state) {
    AttemptRef ref = new AttemptRef(job, number);
    return new JobEnd(
        job,
        state,
        List.of(new AttemptEnd(ref, AttemptState.SUCCEEDED, 1234, HASH, null)),
        List.of(new NewReceipt(ref, pool, TestRows.PROVIDER, TokenAmount.of(7), HASH)),
        List.of(new JobLog(ref, "hello\0", false)),
        state == null ? null : new JobOutput("{}".getBytes(), HASH),
        null);
  }

  private String state(JobId job) {
    return rows.text("select state from job where id = ?", job.value());
  }

  @Test
  void shouldWriteAJobWithItsInputAndLeaseAndLaterItsEndWithReceipt() {
    JobId id = leasedJob(1);
    assertThat(state(id)).isEqualTo("LEASED");
    assertThat(writer.finish(success(id, 1, JobState.COMPLETED)).join())
        .isEqualTo(LedgerOutcome.WRITTEN);
    assertThat(state(id)).isEqualTo("COMPLETED");
    assertThat(rows.text("select amount from receipt where job_id = ?", id.value())).isEqualTo("7");
    assertThat(rows.text("select body from job_log where job_id = ?", id.value()))
        .isEqualTo("hello\uFFFD");
    assertThat(rows.text("select state || run_micros from attempt where job_id = ?", id.value()))
        .isEqualTo("SUCCEEDED1234");
    assertThat(rows.count("job_default")).isZero();
  }

  @Test
  void shouldRefuseALateSecondResultWholly() {
    JobId id = leasedJob(1);
    writer.finish(success(id, 1, JobState.COMPLETED)).join();
    assertThat(writer.finish(success(id, 1, JobState.COMPLETED)).join())
        .isEqualTo(LedgerOutcome.LATE);
    assertThat(writer.finish(success(id, 1, null)).join()).isEqualTo(LedgerOutcome.LATE);
    assertThat(rows.count("receipt where job_id = ?", id.value())).isEqualTo(1);
  }

  @Test
  void shouldLetOneWinWhenTwoEndsAreInOneGroup() throws Exception {
    JobId id = leasedJob(1);
    CountDownLatch hold = holdWriter();
    List<CompletableFuture<LedgerOutcome>> both =
        List.of(
            writer.finish(success(id, 1, JobState.COMPLETED)),
            writer.finish(JobEnd.ofJob(id, JobState.CANCELLED, List.of(), null)));
    hold.countDown();
    assertThat(both.stream().map(CompletableFuture::join))
        .containsExactly(LedgerOutcome.WRITTEN, LedgerOutcome.LATE);
    assertThat(state(id)).isEqualTo("COMPLETED");
  }

  @Test
  void shouldPayEachCopyOfAQuorumOnce() {
    JobId id = leasedJob(3);
    assertThat(writer.finish(success(id, 1, null)).join()).isEqualTo(LedgerOutcome.WRITTEN);
    assertThat(state(id)).isEqualTo("LEASED");
    assertThat(writer.finish(success(id, 2, JobState.COMPLETED)).join())
        .isEqualTo(LedgerOutcome.WRITTEN);
    assertThat(writer.finish(success(id, 3, null)).join()).isEqualTo(LedgerOutcome.WRITTEN);
    assertThat(rows.count("receipt where job_id = ?", id.value())).isEqualTo(3);
  }

  @Test
  void shouldGiveALostLeaseToAnotherSlot() {
    JobId id = leasedJob(1);
    AttemptEnd lost =
        new AttemptEnd(
            new AttemptRef(id, 1),
            AttemptState.EXPIRED,
            0,
            null,
            SkepException.of("lease-expired", 504)
                .fault(Fault.PROVIDER)
                .because("silence")
                .problem());
    writer.finish(JobEnd.ofJob(id, JobState.QUEUED, List.of(lost), null)).join();
    assertThat(state(id)).isEqualTo("QUEUED");
    assertThat(writer.lease(attempt(id, 2)).join()).isEqualTo(LedgerOutcome.WRITTEN);
    assertThat(writer.lease(attempt(id, 2)).join()).isEqualTo(LedgerOutcome.LATE);
    assertThat(writer.finish(success(id, 1, JobState.COMPLETED)).join())
        .isEqualTo(LedgerOutcome.LATE);
    assertThat(writer.finish(success(id, 2, JobState.COMPLETED)).join())
        .isEqualTo(LedgerOutcome.WRITTEN);
    assertThat(writer.lease(attempt(id, 3)).join()).isEqualTo(LedgerOutcome.LATE);
  }

  @Test
  void shouldVisitEveryEdgeOfJobAndAttempt() {
    for (JobState end : List.of(JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED)) {
      JobId queued = leasedJob(0);
      assertThat(writer.finish(JobEnd.ofJob(queued, end, List.of(), null)).join())
          .isEqualTo(LedgerOutcome.WRITTEN);
      JobId leased = leasedJob(1);
      AttemptEnd attempt =
          new AttemptEnd(
              new AttemptRef(leased, 1), AttemptState.valueOf(end.name()), 1, null, null);
      assertThat(writer.finish(JobEnd.ofJob(leased, end, List.of(attempt), null)).join())
          .isEqualTo(LedgerOutcome.WRITTEN);
    }
    shouldGiveALostLeaseToAnotherSlot();
    assertThat(JobState.TRANSITIONS.unvisited()).isEmpty();
    assertThat(AttemptState.TRANSITIONS.unvisited()).isEmpty();
  }

  @Test
  void shouldFailOnlyTheGuiltyOneOfAGroup() throws Exception {
    CountDownLatch hold = holdWriter();
    JobId good = rows.newJobId();
    JobId bad = rows.newJobId();
    NewAttempt badAttempt =
        new NewAttempt(
            new AttemptRef(bad, 1),
            new SlotId(rows.ids().next()),
            TestRows.PROVIDER,
            "a\0b",
            new SessionId(rows.ids().next()),
            Instant.now(),
            false);
    CompletableFuture<Void> first = writer.accept(job(good, List.of(attempt(good, 1)), null, "{}"));
    CompletableFuture<Void> second = writer.accept(job(bad, List.of(badAttempt), null, "{}"));
    CompletableFuture<LedgerOutcome> third = writer.finish(success(good, 1, JobState.COMPLETED));
    hold.countDown();
    first.join();
    assertThatThrownBy(second::join)
        .hasCauseInstanceOf(SkepException.class)
        .hasMessageContaining("refused");
    assertThat(third.join()).isEqualTo(LedgerOutcome.WRITTEN);
    assertThat(state(bad)).isEqualTo("none");
  }

  @Test
  void shouldMakeOneJobOfOneIdempotencyKey() throws Exception {
    CountDownLatch hold = holdWriter();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(writer.accept(job(rows.newJobId(), List.of(), "retry-1", "{}")));
    }
    hold.countDown();
    assertThat(all.stream().filter(LedgerWriterIT::succeeds)).hasSize(1);
    assertThat(rows.count("job where pool_id = ?", pool.value())).isEqualTo(1 + 1);
    assertThatThrownBy(writer.accept(job(rows.newJobId(), List.of(), "retry-1", "{}"))::join)
        .hasCauseInstanceOf(SkepException.class)
        .hasMessageContaining("has made a job before");
    writer.accept(job(rows.newJobId(), List.of(), "retry-2", "{}")).join();
  }

  @Test
  void shouldRefuseAtOnceWhenTooMuchWaits() throws Exception {
    LedgerWriter small = writer(new LedgerWriter.Limits(3, 2, 1 << 20, Duration.ofSeconds(1)));
    CountDownLatch hold = new CountDownLatch(1);
    small.accept(job(rows.newJobId(), List.of(), null, "{}")).thenRun(() -> awaitLatch(hold));
    List<CompletableFuture<Void>> flood =
        Stream.generate(() -> small.accept(job(rows.newJobId(), List.of(), null, "{}")))
            .limit(50)
            .toList();
    List<CompletableFuture<Void>> refused =
        flood.stream().filter(CompletableFuture::isCompletedExceptionally).toList();
    hold.countDown();
    assertThat(refused).hasSizeGreaterThanOrEqualTo(40);
    assertThatThrownBy(refused.get(0)::join)
        .hasCauseInstanceOf(SkepException.class)
        .satisfies(e -> assertThat(((SkepException) e.getCause()).isRetryable()).isTrue());
    small.close();
    assertThat(flood.stream().filter(LedgerWriterIT::succeeds).count())
        .isEqualTo(flood.size() - refused.size());
    assertThatThrownBy(small.accept(job(rows.newJobId(), List.of(), null, "{}"))::join)
        .hasMessageContaining("shutting down");
  }

  /**
   * Stops the writer's thread after its next commit, so that what follows gathers into one group.
   */
  private CountDownLatch holdWriter() {
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    writer
        .accept(job(rows.newJobId(), List.of(), null, "{}"))
        .thenRun(
            () -> {
              held.countDown();
              awaitLatch(hold);
            });
    awaitLatch(held);
    return hold;
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean succeeds(CompletableFuture<?> future) {
    try {
      future.join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }
}
