package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pool between its jobs: paused by its owner, or over. */
class PauseTest {
  private final World world = new World();
  private PoolId pool;
  private World.Hand provider;

  @BeforeEach
  void open() {
    pool = world.openPool(World.none());
    provider = world.connector(1, pool, 1, 1);
  }

  @Test
  void shouldRefuseNewJobsLetRunningOnesEndAndKeepQueuedOnesWaiting() {
    Ticket running = world.submit(pool, "1");
    Ticket queued = world.submit(pool, "2");
    turn(PoolState.PAUSED);
    provider.answer(provider.next(), "one");
    provider.pull(List.of());

    SkepException refusal =
        catchThrowableOfType(SkepException.class, () -> world.submit(pool, "3"));
    assertThat(refusal.code()).isEqualTo("pool-paused");
    assertThat(refusal.hint()).contains("skep pool resume");
    assertThat(running.answer().join().state()).isEqualTo(JobState.COMPLETED);
    assertThat(provider.offers()).isEmpty();
    assertThat(queued.answer()).isNotDone();
  }

  @Test
  void shouldGoOnWithWhatWaitedHoweverLongThePauseWas() {
    world.submit(pool, "1");
    Ticket queued = world.submit(pool, "2");
    turn(PoolState.PAUSED);
    provider.answer(provider.next(), "one");
    world.clock.pass(Duration.ofMinutes(5));
    world.dispatcher.expireQueued();
    turn(PoolState.OPEN);
    world.dispatcher.expireQueued();
    provider.pull(List.of());
    provider.answer(provider.next(), "two");

    assertThat(queued.answer().join().output()).asString().isEqualTo("two");
  }

  @Test
  void shouldStillEndWhatTakesTooLongInAll() {
    world.submit(pool, "1");
    Ticket queued = world.submit(pool, "2");
    turn(PoolState.PAUSED);
    world.clock.pass(Duration.ofMinutes(16));
    world.dispatcher.expireTotals();

    assertThat(queued.answer().join().state()).isEqualTo(JobState.EXPIRED);
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "CLOSING"})
  void shouldSendProvidersHomeWhenThePoolIsOverAndHasNoJobLeft(PoolState over) {
    world.submit(pool, "1");
    turn(over);
    world.dispatcher.dismiss();
    assertThat(world.goodbyes).as("its last job still runs").isEmpty();

    provider.answer(provider.next(), "one");
    world.dispatcher.dismiss();
    world.dispatcher.dismiss();

    assertThat(world.goodbyes).containsOnlyKeys(provider.session);
    assertThat(world.slotRows.values())
        .allSatisfy(
            row -> {
              assertThat(row.state()).isEqualTo(SlotState.LEFT);
              assertThat(row.problem()).isNotNull();
            });
    assertThat(world.dispatcher.load(pool).liveSlots()).isZero();
  }

  @Test
  void shouldKeepAConnectorThatServesAnotherPool() {
    PoolId other = world.openPool(World.none());
    provider.claim(other, 1);
    turn(PoolState.COMPLETED);
    world.dispatcher.dismiss();

    assertThat(world.goodbyes).isEmpty();
    assertThat(world.dispatcher.load(other).liveSlots()).isEqualTo(1);
  }

  @Test
  void shouldKeepProvidersOfAPausedPool() {
    turn(PoolState.PAUSED);
    world.dispatcher.dismiss();

    assertThat(world.dispatcher.load(pool).liveSlots()).isEqualTo(1);
  }

  private void turn(PoolState state) {
    world.dispatcher.pool(
        world.terms(pool, World.none(), state), TokenAmount.of(1_000_000), TokenAmount.ZERO);
  }
}
