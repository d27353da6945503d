package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Transitions;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the queen makes of a slot that its connector says is cold, paused or draining. */
class SlotStatesTest {
  private final World world = new World();
  private final PoolId pool = world.openPool(World.none());

  static List<Transitions.Edge<SlotState>> changes() {
    return SlotState.TRANSITIONS.edges();
  }

  @AfterAll
  static void everyChangeIsVisited() {
    assertThat(SlotState.TRANSITIONS.unvisited()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldFollowEveryChangeThatTheTableAllows(Transitions.Edge<SlotState> change) {
    World.Hand hand = connector();
    SlotId slot = new SlotId(world.ids.next());
    world.dispatcher.claim(hand.session, slot, pool);
    bring(hand, slot, change.from());
    bring(hand, slot, change.to());
    assertThat(row(slot)).isEqualTo(change.to());
  }

  private World.Hand connector() {
    World.Hand hand = world.new Hand(new Machine(World.wallet(1), "machine-1", "10.0.0.1"));
    hand.login();
    return hand;
  }

  private void bring(World.Hand hand, SlotId slot, SlotState state) {
    if (state == SlotState.LOST) {
      world.dispatcher.leave(hand.session);
      world.clock.pass(Duration.ofSeconds(21));
      world.dispatcher.loseAbandonedSlots();
      hand.login();
    } else {
      hand.report(slot, state);
    }
  }

  private SlotState row(SlotId slot) {
    return Objects.requireNonNull(world.slotRows.get(slot)).state();
  }

  @ParameterizedTest
  @EnumSource(
      value = SlotState.class,
      names = {"LOADING", "PAUSED", "DRAINING"})
  void shouldOfferNothingToASlotThatTakesNoJobsWhateverItsCredits(SlotState state) {
    World.Hand hand = world.connector(1, pool, 1, 2);
    hand.report(only(hand), state);
    world.submit(pool, "{}");
    hand.pull(List.of());
    assertThat(hand.offers()).isEmpty();
  }

  @Test
  void shouldWakeAColdSlotOnlyWhenNoWarmOneHasCredit() {
    World.Hand cold = world.connector(1, pool, 1, 2);
    cold.report(only(cold), SlotState.COLD);
    World.Hand warm = world.connector(2, pool, 1, 2);
    world.submit(pool, "1");
    world.submit(pool, "2");
    assertThat(warm.offers()).hasSize(2);
    assertThat(cold.offers()).isEmpty();

    world.submit(pool, "3");
    assertThat(cold.offers()).hasSize(1);
  }

  @Test
  void shouldGiveWaitingJobsToASlotThatIsNoLongerPaused() {
    World.Hand hand = world.connector(1, pool, 1, 1);
    hand.report(only(hand), SlotState.PAUSED);
    world.submit(pool, "{}");
    assertThat(hand.offers()).isEmpty();
    hand.report(only(hand), SlotState.WARM);
    assertThat(hand.offers()).hasSize(1);
  }

  @Test
  void shouldNotBelieveASlotThatDrainedAndIsWarmAgain() {
    World.Hand hand = world.connector(1, pool, 1, 1);
    hand.report(only(hand), SlotState.DRAINING);
    hand.report(only(hand), SlotState.WARM);
    assertThat(row(only(hand))).isEqualTo(SlotState.DRAINING);
    world.submit(pool, "{}");
    assertThat(hand.offers()).isEmpty();
  }

  @Test
  void shouldTakeTheResultOfWhatAPausedSlotStillHeld() {
    World.Hand hand = world.connector(1, pool, 1, 1);
    Ticket ticket = world.submit(pool, "{}");
    hand.report(only(hand), SlotState.PAUSED);
    hand.answer(hand.next(), "42");
    assertThat(ticket.answer()).isDone();
  }

  @Test
  void shouldCountSlotsThatRestAsTaken() {
    World.Hand hand = world.connector(1, pool, 2, 1);
    hand.report(only(hand), SlotState.COLD);
    assertThat(world.dispatcher.load(pool).liveSlots()).isEqualTo(2);
  }

  private static SlotId only(World.Hand hand) {
    return hand.slots.keySet().iterator().next();
  }
}
