package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private final World world = new World();

  @Test
  void shouldCompleteAndPayBothWhenTwoWalletsAgree() {
    PoolId pool = world.openPool(World.quorum(2, 2));
    World.Hand a = world.connector(1, pool, 2, 2);
    World.Hand b = world.connector(2, pool, 2, 2);
    Ticket ticket = world.submit(pool, "{}");

    assertThat(a.offers()).hasSize(1);
    assertThat(b.offers()).hasSize(1);
    a.answer(a.next(), "42");
    assertThat(ticket.answer()).isNotDone();
    b.answer(b.next(), "42");

    assertThat(ticket.answer().join().output()).asString().isEqualTo("42");
    assertThat(world.ledger.receiptsOf(ticket.job()))
        .extracting(JobLedger.Receipt::provider)
        .containsExactlyInAnyOrder(a.machine.provider(), b.machine.provider());
  }

  @Test
  void shouldNotGiveTwoCopiesToOneWallet() {
    PoolId pool = world.openPool(World.quorum(2, 2));
    World.Hand only = world.connector(1, pool, 5, 5);
    Ticket ticket = world.submit(pool, "{}");

    assertThat(only.offers()).hasSize(1);
    assertThat(world.ledger.rows.get(ticket.job()).head.state()).isEqualTo(JobState.LEASED);
    World.Hand second = world.connector(2, pool, 1, 1);
    assertThat(second.offers()).hasSize(1);
  }

  @Test
  void shouldLetAThirdDecideAndPayOnlyThoseWhoAgree() {
    PoolId pool = world.openPool(World.quorum(2, 2));
    World.Hand honest = world.connector(1, pool, 1, 1);
    World.Hand liar = world.connector(2, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    honest.answer(honest.next(), "42");
    liar.answer(liar.next(), "43");
    World.Hand third = world.connector(3, pool, 1, 1);
    third.answer(third.next(), "42");

    assertThat(ticket.answer().join().output()).asString().isEqualTo("42");
    assertThat(world.ledger.receiptsOf(ticket.job()))
        .extracting(JobLedger.Receipt::provider)
        .containsExactlyInAnyOrder(honest.machine.provider(), third.machine.provider());
  }

  @Test
  void shouldStopTheCopyThatIsNotNeededAnyMore() {
    PoolId pool = world.openPool(World.quorum(2, 3));
    World.Hand a = world.connector(1, pool, 1, 1);
    World.Hand b = world.connector(2, pool, 1, 1);
    World.Hand c = world.connector(3, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    a.answer(a.next(), "42");
    b.answer(b.next(), "42");

    assertThat(ticket.answer()).isDone();
    assertThat(world.cancelled).containsExactly(c.next().attempt());
    assertThat(world.ledger.receiptsOf(ticket.job())).hasSize(2);
  }

  @Test
  void shouldFailTheJobOnlyWhenEnoughCopiesSayThatItIsItsFault() {
    PoolId pool = world.openPool(World.quorum(2, 2));
    World.Hand a = world.connector(1, pool, 1, 1);
    World.Hand b = world.connector(2, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    a.fail(a.next(), Fault.JOB);
    assertThat(ticket.answer()).isNotDone();
    b.fail(b.next(), Fault.JOB);

    assertThat(ticket.answer().join().problem().code()).isEqualTo("it-broke");
  }

  @Test
  void shouldGiveUpWhenNobodyAgrees() {
    PoolId pool = world.openPool(World.quorum(2, 2));
    Ticket ticket = world.submit(pool, "{}");
    for (int i = 1; i <= 6; i++) {
      World.Hand provider = world.connector(i, pool, 1, 1);
      provider.answer(provider.next(), "answer " + i);
    }
    assertThat(ticket.answer().join().problem().code()).isEqualTo("no-agreement");
    assertThat(world.ledger.receipts).isEmpty();
  }

  @Test
  void shouldCheckAShareOfTheJobsAndPayTheCheckingCopyToo() {
    PoolId pool =
        world.openPool(new Policy(Policy.Kind.SPOT_CHECK, 1, 1, Policy.DistinctBy.MACHINE));
    World.Hand a = world.connector(1, pool, 1, 1);
    World.Hand b = world.connector(2, pool, 1, 1);
    int checked = 0;
    for (int i = 0; i < 1000; i++) {
      world.submit(pool, "{}");
      checked += a.offers().size() + b.offers().size() - 1;
      List.copyOf(a.offers()).forEach(offer -> a.answer(a.next(), "42"));
      List.copyOf(b.offers()).forEach(offer -> b.answer(b.next(), "42"));
    }
    assertThat(checked).isBetween(25, 85);
    assertThat(world.ledger.open()).isEmpty();
    assertThat(world.ledger.paid()).isEqualTo(TokenAmount.of(100L * (1000 + checked)));
  }

  @Test
  void shouldNotCheckWhereNobodyElseCould() {
    PoolId pool =
        world.openPool(new Policy(Policy.Kind.SPOT_CHECK, 1, 1, Policy.DistinctBy.MACHINE));
    World.Hand only = world.connector(1, pool, 3, 1);
    for (int i = 0; i < 200; i++) {
      world.submit(pool, "{}");
      only.answer(only.next(), "42");
    }
    assertThat(world.ledger.open()).isEmpty();
  }
}
