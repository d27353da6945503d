package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private final World world = new World();

  @Test
  void shouldBeBornLeasedWhenASlotHasCredit() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);

    Ticket ticket = world.submit(pool, "{}");

    FakeJobLedger.Row row = world.ledger.rows.get(ticket.job());
    assertThat(row.head.state()).isEqualTo(JobState.LEASED);
    assertThat(row.attempts).hasSize(1);
    assertThat(provider.next().input()).asString().isEqualTo("{}");
  }

  @Test
  void shouldOfferBeforeTheAcceptanceIsDurable() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.ledger.hold();

    Ticket ticket = world.submit(pool, "{}");

    assertThat(provider.offers()).hasSize(1);
    assertThat(ticket.accepted()).isNotDone();
    world.ledger.commitAll();
    assertThat(ticket.accepted()).isCompleted();
  }

  @Test
  void shouldOfferAJobWithAKeyOnceItIsDurable() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.ledger.hold();

    Ticket ticket = world.submitUnderKey(pool, "{}");

    assertThat(provider.offers()).isEmpty();
    world.ledger.commitAll();
    assertThat(ticket.accepted()).isCompleted();
    assertThat(provider.offers()).hasSize(1);
  }

  @Test
  void shouldLetNobodyWorkOnAJobWhoseKeyWasUsed() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.ledger.failNext(1);

    Ticket ticket = world.submitUnderKey(pool, "{}");

    assertThat(ticket.answer()).isCompletedExceptionally();
    assertThat(provider.offers()).isEmpty();
    world.submit(pool, "{}");
    assertThat(provider.offers()).as("its seat is free again").hasSize(1);
  }

  @Test
  void shouldAnswerOnlyWhenTheResultIsDurable() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.ledger.hold();
    Ticket ticket = world.submit(pool, "{}");
    long sequence = provider.answer(provider.next(), "42");
    world.ledger.commitOne();

    assertThat(ticket.accepted()).isCompleted();
    assertThat(ticket.answer()).isNotDone();
    assertThat(world.accepted).doesNotContainKey(provider.session);
    world.ledger.commitOne();

    assertThat(ticket.answer().join().output()).asString().isEqualTo("42");
    assertThat(world.accepted).containsEntry(provider.session, sequence);
  }

  @Test
  void shouldPayPriceAndSecondsRoundedDownAndCapped() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    world.clock.pass(Duration.ofSeconds(5));
    provider.answer(provider.next(), "42");

    assertThat(world.ledger.receiptsOf(ticket.job()))
        .singleElement()
        .satisfies(r -> assertThat(r.amount()).isEqualTo(TokenAmount.of(120)));
    assertThat(world.dispatcher.load(pool).spent()).isEqualTo(TokenAmount.of(120));
    assertThat(world.dispatcher.load(pool).reserved()).isEqualTo(TokenAmount.ZERO);
  }

  @Test
  void shouldNotBelieveMoreSecondsThanTheLeaseWasOld() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    provider.answer(provider.next(), "42");

    assertThat(world.ledger.receiptsOf(ticket.job()))
        .singleElement()
        .satisfies(r -> assertThat(r.amount()).isEqualTo(TokenAmount.of(100)));
  }

  @Test
  void shouldQueueWithoutCreditAndServeTheOldestFirst() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.submit(pool, "1");
    Ticket second = world.submit(pool, "2");
    world.submit(pool, "3");

    assertThat(world.ledger.rows.get(second.job()).head.state()).isEqualTo(JobState.QUEUED);
    provider.answer(provider.next(), "ok");

    assertThat(provider.offers())
        .singleElement()
        .satisfies(offer -> assertThat(offer.attempt().job()).isEqualTo(second.job()));
    assertThat(world.ledger.rows.get(second.job()).state).isEqualTo(JobState.LEASED);
  }

  @Test
  void shouldNeverOfferMoreThanTheWindow() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 2, 3);
    for (int i = 0; i < 20; i++) {
      world.submit(pool, "{}");
    }
    assertThat(provider.offers()).hasSize(6);
    assertThat(world.dispatcher.load(pool).waitingJobs()).isEqualTo(14);
  }

  @Test
  void shouldSpreadJobsOverAllSlots() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 10, 2);
    for (int i = 0; i < 10; i++) {
      world.submit(pool, "{}");
    }
    assertThat(provider.offers().stream().map(Courier.Offer::slot).distinct()).hasSize(10);
  }

  @Test
  void shouldTakeTurnsWhenJobsComeOneByOne() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 10, 1);
    for (int i = 0; i < 10; i++) {
      world.submit(pool, "{}");
      world.clock.pass(Duration.ofMillis(2));
      provider.answer(provider.next(), "ok");
    }
    assertThat(
            world.ledger.rows.values().stream()
                .map(row -> row.attempts.get(1).lease().slot())
                .distinct())
        .hasSize(10);
  }

  @Test
  void shouldTryAnotherSlotWhenTheProviderFailed() {
    PoolId pool = world.openPool(World.none());
    World.Hand bad = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    bad.fail(bad.next(), Fault.PROVIDER);

    assertThat(bad.offers()).isEmpty();
    World.Hand good = world.connector(2, pool, 1, 1);
    good.answer(good.next(), "42");

    assertThat(ticket.answer().join().state()).isEqualTo(JobState.COMPLETED);
    assertThat(world.ledger.receiptsOf(ticket.job()))
        .singleElement()
        .satisfies(r -> assertThat(r.provider()).isEqualTo(good.machine.provider()));
  }

  @Test
  void shouldFailTheJobWhenItsOwnCodeThrowsAndPayTheSeconds() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    world.clock.pass(Duration.ofSeconds(3));
    provider.fail(provider.next(), Fault.JOB);

    Answer answer = ticket.answer().join();
    assertThat(answer.state()).isEqualTo(JobState.FAILED);
    assertThat(answer.problem().code()).isEqualTo("it-broke");
    assertThat(world.ledger.paid()).isEqualTo(TokenAmount.of(20));
  }

  @Test
  void shouldGiveUpWhenProvidersKeepFailing() {
    PoolId pool = world.openPool(World.none());
    Ticket ticket = world.submit(pool, "{}");
    for (int i = 1; i <= 5; i++) {
      World.Hand provider = world.connector(i, pool, 1, 1);
      provider.fail(provider.next(), Fault.PROVIDER);
    }
    assertThat(ticket.answer().join().problem().code()).isEqualTo("attempts-exhausted");
    assertThat(world.ledger.receipts).isEmpty();
  }

  @Test
  void shouldNotPayTheOwnersOwnProvider() {
    PoolId pool = world.openPool(World.none());
    World.Hand own = world.connector(0xaaa, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    own.answer(own.next(), "42");

    assertThat(ticket.answer().join().state()).isEqualTo(JobState.COMPLETED);
    assertThat(world.ledger.receipts).isEmpty();
    assertThat(world.ledger.rows.get(ticket.job()).attempts.get(1).lease().own()).isTrue();
  }

  @Test
  void shouldRefuseAJobThatTheDepositDoesNotCover() {
    PoolId pool = world.openPool(World.none(), TokenAmount.of(399));
    world.submit(pool, "{}");

    assertThatThrownBy(() -> world.submit(pool, "{}"))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("budget-exhausted"));
  }

  @Test
  void shouldFreeWhatAJobDidNotEarn() {
    PoolId pool = world.openPool(World.none(), TokenAmount.of(300));
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.submit(pool, "{}");
    provider.answer(provider.next(), "42");

    assertThat(world.submit(pool, "{}")).isNotNull();
  }

  @Test
  void shouldRefuseJobsOfAPoolThatIsNotOpen() {
    PoolId pool = world.openPool(World.none());
    world.dispatcher.pool(
        world.terms(pool, World.none(), PoolState.CLOSING),
        TokenAmount.of(1_000_000),
        TokenAmount.ZERO);

    assertThatThrownBy(() -> world.submit(pool, "{}"))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("pool-not-open"));
  }

  @Test
  void shouldCancelAndPayTheSecondsUpToTheStop() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    world.clock.pass(Duration.ofMillis(2500));

    assertThat(world.dispatcher.cancel(ticket.job())).isTrue();

    assertThat(ticket.answer().join().state()).isEqualTo(JobState.CANCELLED);
    assertThat(world.cancelled).containsExactly(provider.next().attempt());
    assertThat(world.ledger.paid()).isEqualTo(TokenAmount.of(25));
    assertThat(world.dispatcher.cancel(ticket.job())).isFalse();
  }

  @Test
  void shouldExpireAQueuedJobAtItsQueueDeadline() {
    PoolId pool = world.openPool(World.none());
    Ticket ticket = world.submit(pool, "{}");
    world.clock.pass(Duration.ofSeconds(61));
    world.dispatcher.expireQueued();

    assertThat(ticket.answer().join().problem().code()).isEqualTo("queue-deadline");
    assertThat(world.dispatcher.load(pool).reserved()).isEqualTo(TokenAmount.ZERO);
  }

  @Test
  void shouldLeaseElsewhereWhenALeaseRanOut() {
    PoolId pool = world.openPool(World.none());
    World.Hand stuck = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    World.Hand other = world.connector(2, pool, 1, 1);
    world.clock.pass(Duration.ofSeconds(91));
    world.dispatcher.expireLeases();

    assertThat(other.offers()).hasSize(1);
    stuck.answer(stuck.next(), "too late");
    assertThat(world.refused.values()).extracting("code").containsExactly("attempt-ended");
    other.answer(other.next(), "42");
    assertThat(ticket.answer().join().output()).asString().isEqualTo("42");
  }

  @Test
  void shouldExpireAtTheTotalDeadline() {
    PoolId pool = world.openPool(World.none());
    world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    world.clock.pass(Duration.ofMinutes(16));
    world.dispatcher.expireTotals();

    assertThat(ticket.answer().join().problem().code()).isEqualTo("total-deadline");
    assertThat(world.ledger.receipts).isEmpty();
  }

  @Test
  void shouldRefuseAJobWhoseAcceptanceFailed() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.ledger.failNext(1);
    Ticket ticket = world.submit(pool, "{}");

    assertThat(ticket.accepted()).isCompletedExceptionally();
    assertThat(ticket.answer()).isCompletedExceptionally();
    assertThat(world.cancelled).containsExactly(provider.next().attempt());
    assertThat(world.dispatcher.load(pool).reserved()).isEqualTo(TokenAmount.ZERO);
    assertThat(world.dispatcher.takeDoubt()).isTrue();
    assertThat(world.dispatcher.takeDoubt()).isFalse();
  }

  @Test
  void shouldKeepAResultUntilTheDatabaseIsBack() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    world.ledger.failNext(2);
    long sequence = provider.answer(provider.next(), "42");
    world.dispatcher.retryWrites();

    assertThat(world.accepted).doesNotContainKey(provider.session);
    world.dispatcher.retryWrites();

    assertThat(world.accepted).containsEntry(provider.session, sequence);
    assertThat(ticket.answer().join().state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void shouldTakeAResultThatIsNotItsHashAsTheProvidersFailure() {
    PoolId pool = world.openPool(World.none());
    World.Hand liar = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    Courier.Offer offer = liar.next();
    byte[] output = "42".getBytes(StandardCharsets.UTF_8);
    liar.send(
        new RunResult(
            offer.attempt(), offer.slot(), output, new byte[32], 1, RunResult.RunLog.EMPTY, null));

    assertThat(ticket.answer()).isNotDone();
    assertThat(world.ledger.rows.get(ticket.job()).attempts.get(1).state())
        .isEqualTo(AttemptState.FAILED);
  }

  @Test
  void shouldAcknowledgeOnlyUpToTheFirstMessageThatIsNotDurable() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 2, 1);
    world.submit(pool, "1");
    world.submit(pool, "2");
    world.ledger.failNext(1);
    long first = provider.answer(provider.next(), "1");
    long second = provider.answer(provider.next(), "2");

    assertThat(world.accepted.get(provider.session)).isNull();
    world.dispatcher.retryWrites();
    assertThat(world.accepted).containsEntry(provider.session, second);
    assertThat(second).isEqualTo(first + 1);
  }

  @Test
  void shouldAnswerAMessageWithoutResults() {
    PoolId pool = world.openPool(World.none());
    World.Hand provider = world.connector(1, pool, 1, 1);
    provider.send();

    assertThat(world.accepted).containsEntry(provider.session, 1L);
    assertThat(List.copyOf(world.refused.keySet())).isEmpty();
  }
}
