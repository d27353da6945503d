package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final World world = new World();
  private final PoolId pool = world.openPool(World.none());

  @Test
  void shouldMoveJobsElsewhereWhenAConnectorFallsSilent() {
    World.Hand dead = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    World.Hand alive = world.connector(2, pool, 1, 1);
    world.clock.pass(Duration.ofSeconds(15));
    alive.pull(List.of());
    world.clock.pass(Duration.ofSeconds(6));
    world.dispatcher.loseSilentSessions();

    assertThat(alive.offers()).hasSize(1);
    assertThat(world.goodbyes).containsKey(dead.session);
    assertThat(world.slotRows.get(dead.slots.keySet().iterator().next()).state())
        .isEqualTo(SlotState.LOST);
    alive.answer(alive.next(), "42");
    assertThat(ticket.answer().join().state()).isEqualTo(JobState.COMPLETED);
    assertThat(world.ledger.receiptsOf(ticket.job())).hasSize(1);
  }

  @Test
  void shouldTakeTheResultOfAnOldSessionsLeaseFromTheNewSession() {
    World.Hand provider = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    Courier.Offer offer = provider.next();
    provider.login();
    provider.pull(List.of(offer.attempt()));
    long sequence = provider.answer(offer, "42");

    assertThat(ticket.answer().join().state()).isEqualTo(JobState.COMPLETED);
    assertThat(world.accepted).containsEntry(provider.session, sequence);
    assertThat(world.ledger.rows.get(ticket.job()).attempts).hasSize(1);
  }

  @Test
  void shouldLeaseAgainWhatAReturningConnectorDoesNotHold() {
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.submit(pool, "{}");
    World.Hand other = world.connector(2, pool, 1, 1);
    provider.login();
    provider.pull(List.of());

    assertThat(other.offers()).hasSize(1);
  }

  @Test
  void shouldKeepSlotsThroughABrokenConnectionAndLoseThemWhenNobodyReturns() {
    World.Hand provider = world.connector(1, pool, 1, 1);
    SlotId slot = provider.slots.keySet().iterator().next();
    world.dispatcher.leave(provider.session);
    world.clock.pass(Duration.ofSeconds(10));
    world.dispatcher.loseAbandonedSlots();
    assertThat(world.slotRows.get(slot).state()).isEqualTo(SlotState.WARM);

    world.clock.pass(Duration.ofSeconds(11));
    world.dispatcher.loseAbandonedSlots();
    assertThat(world.slotRows.get(slot).state()).isEqualTo(SlotState.LOST);

    provider.login();
    provider.pull(List.of());
    assertThat(world.slotRows.get(slot).state()).isEqualTo(SlotState.WARM);
    world.submit(pool, "{}");
    assertThat(provider.offers()).hasSize(1);
  }

  @Test
  void shouldNotOfferToASlotThatFailed() {
    World.Hand provider = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    provider.report(provider.slots.keySet().iterator().next(), SlotState.FAILED);
    World.Hand other = world.connector(2, pool, 1, 1);

    assertThat(other.offers()).hasSize(1);
    other.answer(other.next(), "42");
    assertThat(ticket.answer()).isDone();
  }

  @Test
  void shouldSendOnWhatACleanlyLeavingConnectorHeld() {
    World.Hand leaving = world.connector(1, pool, 1, 1);
    world.submit(pool, "{}");
    World.Hand other = world.connector(2, pool, 1, 1);
    world.dispatcher.close(leaving.session, SlotState.LEFT, World.failure(Fault.PROVIDER));

    assertThat(other.offers()).hasSize(1);
  }

  @Test
  void shouldRefuseResultsOfOthersAndAcknowledgeRepeatedOnes() {
    World.Hand provider = world.connector(1, pool, 1, 1);
    World.Hand thief = world.connector(2, pool, 1, 0);
    Ticket ticket = world.submit(pool, "{}");
    Courier.Offer offer = provider.next();
    thief.answer(offer, "mine");

    Problem refusal = world.refused.get(offer.attempt());
    assertThat(refusal.code()).isEqualTo("not-your-lease");
    assertThat(refusal.fault()).isEqualTo(Fault.PROVIDER);
    assertThat(refusal.hint()).isNotBlank();
    assertThat(ticket.answer()).isNotDone();

    provider.answer(offer, "42");
    long again = provider.answer(offer, "42");
    assertThat(world.accepted).containsEntry(provider.session, again);
    assertThat(world.ledger.receiptsOf(ticket.job())).hasSize(1);
  }

  @Test
  void shouldRefuseAResultForAJobThatNeverWas() {
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.submit(pool, "{}");
    Courier.Offer offer = provider.next();
    world.dispatcher = world.newDispatcher();
    world.ledger.rows.clear();
    provider.login();
    provider.answer(offer, "42");

    assertThat(world.refused.get(offer.attempt()).code()).isEqualTo("not-your-lease");
  }

  @Test
  void shouldSayGoodbyeToASessionItDoesNotKnow() {
    World.Hand provider = world.connector(1, pool, 1, 1);
    world.dispatcher = world.newDispatcher();
    provider.pull(List.of());

    assertThat(world.goodbyes).containsKey(provider.session);
  }

  @Test
  void shouldGoOnAfterARestart() {
    World.Hand provider = world.connector(1, pool, 1, 1);
    Ticket leased = world.submit(pool, "leased");
    Ticket queued = world.submit(pool, "queued");
    Courier.Offer offer = provider.next();
    restart(provider);
    provider.login();
    provider.pull(List.of(offer.attempt()));
    provider.answer(offer, "42");
    provider.answer(provider.next(), "43");

    assertThat(world.ledger.rows.get(leased.job()).state).isEqualTo(JobState.COMPLETED);
    assertThat(world.ledger.rows.get(queued.job()).state).isEqualTo(JobState.COMPLETED);
    assertThat(world.ledger.rows.get(leased.job()).attempts).hasSize(1);
    assertThat(world.dispatcher.load(pool).reserved()).isEqualTo(TokenAmount.ZERO);
  }

  @Test
  void shouldLeaseElsewhereWhenTheConnectorDoesNotComeBackAfterARestart() {
    World.Hand gone = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    restart(gone);
    World.Hand other = world.connector(2, pool, 1, 1);
    world.clock.pass(Duration.ofSeconds(91));
    world.dispatcher.loseAbandonedSlots();

    other.answer(other.next(), "42");
    assertThat(world.ledger.rows.get(ticket.job()).state).isEqualTo(JobState.COMPLETED);
  }

  private void restart(World.Hand... hands) {
    world.dispatcher = world.newDispatcher();
    world.dispatcher.pool(
        world.terms(pool, World.none(), PoolState.OPEN),
        TokenAmount.of(1_000_000),
        world.ledger.paid());
    for (World.Hand hand : hands) {
      hand.slots
          .keySet()
          .forEach(s -> world.dispatcher.restoreSlot(s, pool, hand.machine, SlotState.WARM));
    }
    for (FakeJobLedger.Row row : world.ledger.open()) {
      world.dispatcher.restoreJob(
          row.currentHead(), row.input, new ArrayList<>(row.attempts.values()));
    }
  }
}
