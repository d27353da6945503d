package dev.skep.queen.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drives the dispatcher with connectors that die, return, lie, repeat and reorder, with a database
 * that fails, and with restarts; whatever happens, accepted jobs end once and money adds up.
 */
class ChaosTest {
  private static final int STEPS = 3_000;
  private static final TokenAmount DEPOSIT = TokenAmount.of(100_000_000);

  private World world = new World();
  private final Map<PoolId, Policy> pools = new LinkedHashMap<>();
  private final List<Peer> peers = new ArrayList<>();
  private final List<JobId> accepted = new ArrayList<>();
  private Random random = new Random();

  /** A connector with what it holds and what it has not been answered for. */
  private final class Peer {
    final World.Hand hand;
    final boolean lies;
    final List<Courier.Offer> held = new ArrayList<>();
    final Map<Courier.Offer, Boolean> unanswered = new LinkedHashMap<>();
    boolean dead;

    Peer(World.Hand hand, boolean lies) {
      this.hand = hand;
      this.lies = lies;
    }

    void collect() {
      held.addAll(hand.offers());
      world.offers.remove(hand.session);
    }

    List<AttemptRef> holds() {
      List<AttemptRef> all = new ArrayList<>();
      held.forEach(offer -> all.add(offer.attempt()));
      unanswered.keySet().forEach(offer -> all.add(offer.attempt()));
      return all;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldLoseNoJobAndPayNoAttemptTwice(long seed) {
    random = new Random(seed);
    world = new World();
    settle(World.none());
    settle(World.quorum(2, 2));
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    calmDown();
    check();
  }

  private void settle(Policy policy) {
    PoolId pool = world.openPool(policy, DEPOSIT);
    pools.put(pool, policy);
    int base = 10 * pools.size();
    for (int i = 0; i < 5; i++) {
      peers.add(new Peer(world.connector(base + i, pool, 2, 2), i == 4));
    }
  }

  private void step() {
    world.clock.pass(Duration.ofMillis(random.nextInt(400)));
    Peer peer = peers.get(random.nextInt(peers.size()));
    int dice = random.nextInt(100);
    if (dice < 35) {
      submit();
    } else if (dice < 75) {
      work(peer);
    } else if (dice < 80) {
      resend(peer);
    } else if (dice < 83) {
      peer.dead = !peer.dead;
    } else if (dice < 85) {
      comeBack(peer);
    } else if (dice < 87) {
      world.ledger.failNext(random.nextInt(3));
    } else if (dice < 89) {
      accepted.forEach(job -> cancelSometimes(job));
    } else if (dice == 89) {
      restart();
    } else {
      beat();
    }
  }

  private void submit() {
    PoolId pool = List.copyOf(pools.keySet()).get(random.nextInt(pools.size()));
    Ticket ticket = world.submit(pool, "{}");
    if (!ticket.accepted().isCompletedExceptionally()) {
      accepted.add(ticket.job());
    }
  }

  private void work(Peer peer) {
    peer.collect();
    if (peer.dead || peer.held.isEmpty()) {
      return;
    }
    Courier.Offer offer = peer.held.remove(random.nextInt(peer.held.size()));
    if (random.nextInt(10) == 0) {
      peer.hand.fail(offer, Fault.PROVIDER);
    } else {
      peer.unanswered.put(offer, true);
      peer.hand.answer(offer, answerOf(peer, offer));
    }
  }

  private static String answerOf(Peer peer, Courier.Offer offer) {
    return peer.lies ? "lie " + peer.hand.session : "answer " + offer.attempt().job();
  }

  private void resend(Peer peer) {
    if (!peer.dead) {
      peer.unanswered.keySet().forEach(offer -> peer.hand.answer(offer, answerOf(peer, offer)));
      Long upTo = world.accepted.get(peer.hand.session);
      if (upTo != null) {
        peer.unanswered.clear();
      }
    }
  }

  /** The connector lost its connection and signs in again. */
  private void comeBack(Peer peer) {
    peer.collect();
    if (random.nextBoolean()) {
      peer.held.clear();
    }
    peer.hand.login();
    peer.hand.pull(peer.holds());
    peer.dead = false;
  }

  private void cancelSometimes(JobId job) {
    if (random.nextInt(500) == 0) {
      world.dispatcher.cancel(job);
    }
  }

  private void beat() {
    for (Peer peer : peers) {
      if (!peer.dead) {
        peer.collect();
        peer.hand.pull(peer.holds());
      }
    }
    detect();
  }

  private void detect() {
    world.dispatcher.retryWrites();
    world.dispatcher.loseSilentSessions();
    world.dispatcher.loseAbandonedSlots();
    world.dispatcher.expireLeases();
    world.dispatcher.expireQueued();
    world.dispatcher.expireTotals();
    if (world.dispatcher.takeDoubt()) {
      restoreJobs();
    }
  }

  private void restart() {
    world.ledger.crash();
    world.dispatcher = world.newDispatcher();
    pools.forEach(
        (pool, policy) ->
            world.dispatcher.pool(
                world.terms(pool, policy, PoolState.OPEN), DEPOSIT, paidOf(pool)));
    for (Peer peer : peers) {
      Courier.Offer any = peer.held.isEmpty() ? null : peer.held.get(0);
      PoolId pool = any == null ? poolOf(peer) : any.pool();
      peer.hand
          .slots
          .keySet()
          .forEach(s -> world.dispatcher.restoreSlot(s, pool, peer.hand.machine, SlotState.WARM));
    }
    restoreJobs();
    peers.forEach(this::comeBack);
  }

  private PoolId poolOf(Peer peer) {
    return List.copyOf(pools.keySet()).get(peers.indexOf(peer) / 5);
  }

  private TokenAmount paidOf(PoolId pool) {
    return world.ledger.receipts.values().stream()
        .filter(receipt -> receipt.pool().equals(pool))
        .map(JobLedger.Receipt::amount)
        .reduce(TokenAmount.ZERO, TokenAmount::plus);
  }

  private void restoreJobs() {
    for (FakeJobLedger.Row row : world.ledger.open()) {
      if (world.dispatcher.find(row.head.id()).isEmpty()) {
        world.dispatcher.restoreJob(
            row.currentHead(), row.input, new ArrayList<>(row.attempts.values()));
      }
    }
  }

  /** Everybody is back and honest work goes on until nothing is open, or deadlines end it. */
  private void calmDown() {
    world.ledger.failNext(0);
    for (int round = 0; round < 3_000 && !world.ledger.open().isEmpty(); round++) {
      world.clock.pass(Duration.ofSeconds(1));
      for (Peer peer : peers) {
        if (peer.dead) {
          comeBack(peer);
        }
        peer.collect();
        while (!peer.held.isEmpty()) {
          Courier.Offer offer = peer.held.remove(0);
          peer.hand.answer(offer, answerOf(peer, offer));
        }
        peer.hand.pull(List.of());
      }
      detect();
    }
  }

  private void check() {
    assertThat(world.ledger.open()).isEmpty();
    assertThat(accepted).allSatisfy(job -> assertThat(stateOf(job).isOpen()).isFalse());
    long completed = accepted.stream().filter(job -> stateOf(job) == JobState.COMPLETED).count();
    assertThat(completed).isGreaterThan(accepted.size() / 2);
    for (FakeJobLedger.Row row : world.ledger.rows.values()) {
      checkMoney(row);
    }
    for (PoolId pool : pools.keySet()) {
      PoolLoad load = world.dispatcher.load(pool);
      assertThat(load.reserved()).isEqualTo(TokenAmount.ZERO);
      assertThat(load.spent()).isEqualTo(paidOf(pool)).isLessThanOrEqualTo(DEPOSIT);
    }
  }

  private JobState stateOf(JobId job) {
    return world.ledger.rows.get(job).state;
  }

  private void checkMoney(FakeJobLedger.Row row) {
    List<JobLedger.Receipt> receipts = world.ledger.receiptsOf(row.head.id());
    TokenAmount paid =
        receipts.stream()
            .map(JobLedger.Receipt::amount)
            .reduce(TokenAmount.ZERO, TokenAmount::plus);
    assertThat(paid).isLessThanOrEqualTo(row.head.reserved());
    boolean completed = row.state == JobState.COMPLETED;
    assertThat(receipts.size())
        .isLessThanOrEqualTo(row.head.agree() == 1 ? 1 : row.attempts.size());
    if (completed) {
      assertThat(receipts).hasSize(row.head.agree());
      assertThat(receipts).extracting(JobLedger.Receipt::provider).doesNotHaveDuplicates();
    }
    if (completed && row.head.agree() == 2) {
      assertThat(row.output).asString().isEqualTo("answer " + row.head.id());
    }
  }
}
