package dev.skep.persistence.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.persistence.postgres.EmbeddedPostgres;
import dev.skep.persistence.postgres.TestRows;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class LedgerWriterCrashIT {
  private static final byte[] HASH = new byte[32];

  private final TestRows rows = TestRows.fresh();
  private final PoolId pool = rows.newPoolId();

  private AcceptedJob job(JobId id) {
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
        new byte[100],
        List.of(lease),
        new IdempotencyKey(id.toString(), HASH));
  }

  private JobEnd end(JobId id) {
    AttemptRef ref = new AttemptRef(id, 1);
    return new JobEnd(
        id,
        JobState.COMPLETED,
        List.of(new AttemptEnd(ref, AttemptState.SUCCEEDED, 1, HASH, null)),
        List.of(new NewReceipt(ref, pool, TestRows.PROVIDER, TokenAmount.of(1), HASH)),
        List.of(),
        new JobOutput(new byte[100], HASH),
        null);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenTheDatabaseDiesUnderLoad() {
    int jobs = 2000;
    try (LedgerWriter writer =
        new LedgerWriter(rows.source(), Thread::new, LedgerWriter.Limits.DEFAULT)) {
      List<CompletableFuture<LedgerOutcome>> ends = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        JobId id = rows.newJobId();
        ends.add(writer.accept(job(id)).thenCompose(done -> writer.finish(end(id))));
        if (i == jobs / 2) {
          EmbeddedPostgres.shared().crash();
          EmbeddedPostgres.shared().start();
        }
      }
      assertThat(ends)
          .allSatisfy(
              end -> assertThat(end.get(2, TimeUnit.MINUTES)).isEqualTo(LedgerOutcome.WRITTEN));
    }
    assertThat(rows.count("job where state = 'COMPLETED'")).isEqualTo(jobs);
    assertThat(rows.count("receipt")).isEqualTo(jobs);
  }

  /**
   * The server commits but the answer is lost: the writer cannot know, sends again, and must not
   * say LATE.
   */
  @Test
  void shouldRecogniseItsOwnCommitWhenTheAnswerWasLost() throws Exception {
    AtomicInteger loseAnswers = new AtomicInteger();
    JobId id = rows.newJobId();
    try (LedgerWriter writer =
        new LedgerWriter(losing(loseAnswers), Thread::new, LedgerWriter.Limits.DEFAULT)) {
      loseAnswers.set(1);
      writer.accept(job(id)).get(1, TimeUnit.MINUTES);
      loseAnswers.set(1);
      assertThat(writer.finish(end(id)).get(1, TimeUnit.MINUTES)).isEqualTo(LedgerOutcome.WRITTEN);
      assertThat(writer.finish(end(id)).get(1, TimeUnit.MINUTES)).isEqualTo(LedgerOutcome.LATE);
    }
    assertThat(rows.count("receipt")).isEqualTo(1);
  }

  @Test
  void shouldSayTheDatabaseIsAwayWhenPatienceIsOver() {
    LedgerWriter.Limits hasty = new LedgerWriter.Limits(10, 10, 1000, Duration.ofMillis(300));
    DataSource away = EmbeddedPostgres.shared().database("no_such_database");
    try (LedgerWriter writer = new LedgerWriter(failing(away), Thread::new, hasty)) {
      assertThat(writer.accept(job(rows.newJobId())))
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableThat()
          .withMessageContaining("could not be written");
    }
  }

  private static DataSource failing(DataSource source) {
    return proxy(
        DataSource.class,
        source,
        (name, call) -> {
          if (name.equals("getConnection")) {
            throw new SQLException("connection refused", "08001");
          }
          return call.run();
        });
  }

  private DataSource losing(AtomicInteger loseAnswers) {
    return proxy(
        DataSource.class,
        rows.source(),
        (name, call) -> {
          Object result = call.run();
          return result instanceof Connection connection ? losing(connection, loseAnswers) : result;
        });
  }

  private static Connection losing(Connection connection, AtomicInteger loseAnswers) {
    return proxy(
        Connection.class,
        connection,
        (name, call) -> {
          Object result = call.run();
          if (name.equals("commit") && loseAnswers.getAndDecrement() > 0) {
            throw new SQLException("the connection broke after the commit", "08006");
          }
          return result;
        });
  }

  private interface Call {
    Object run() throws Throwable;
  }

  private interface Around {
    Object apply(String method, Call call) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T target, Around around) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                around.apply(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(target, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    })));
  }
}
