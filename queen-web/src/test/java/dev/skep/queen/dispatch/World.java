package dev.skep.queen.dispatch;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A dispatcher among fakes: a clock that stands still, a ledger in memory, connectors by hand. */
final class World implements Courier {
  static final WalletAddress OWNER = wallet(0xaaa);
  static final WalletAddress CLIENT = wallet(0xccc);
  static final Price PRICE =
      new Price(TokenAmount.of(100), TokenAmount.of(10), TokenAmount.of(200));

  final TestClock clock = new TestClock();
  final FakeJobLedger ledger = new FakeJobLedger();
  final Map<SlotId, SlotRecords.Change> slotRows = new LinkedHashMap<>();
  final Map<SessionId, List<Offer>> offers = new LinkedHashMap<>();
  final Map<SessionId, Long> accepted = new LinkedHashMap<>();
  final List<AttemptRef> cancelled = new ArrayList<>();
  final Map<AttemptRef, Problem> refused = new LinkedHashMap<>();
  final Map<SessionId, String> goodbyes = new LinkedHashMap<>();
  final Uuid7 ids = new Uuid7(clock, new Random(7));
  Dispatcher dispatcher = newDispatcher();

  /** A clock moved by hand. */
  static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  Dispatcher newDispatcher() {
    Settings settings = Settings.defaults(42);
    Ports ports =
        new Ports(ledger, this, row -> slotRows.put(row.slot(), row), ledger, Runnable::run);
    return new Dispatcher(clock, settings, ports, ids);
  }

  static WalletAddress wallet(int number) {
    return new WalletAddress(String.format("0x%040x", number));
  }

  static Policy none() {
    return new Policy(Policy.Kind.NONE, 1, 1, Policy.DistinctBy.MACHINE);
  }

  static Policy quorum(int agree, int copies) {
    return new Policy(Policy.Kind.QUORUM, copies, agree, Policy.DistinctBy.WALLET);
  }

  PoolTerms terms(PoolId id, Policy policy, PoolState state) {
    Limits limits =
        new Limits(
            100,
            100,
            Limits.RETRIES,
            Duration.ofMinutes(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15));
    return new PoolTerms(id, OWNER, state, PRICE, policy, limits);
  }

  PoolId openPool(Policy policy) {
    return openPool(policy, TokenAmount.of(1_000_000));
  }

  PoolId openPool(Policy policy, TokenAmount granted) {
    PoolId id = new PoolId(ids.next());
    dispatcher.pool(terms(id, policy, PoolState.OPEN), granted, TokenAmount.ZERO);
    return id;
  }

  /** A connector with warm slots that each take that many offers at a time. */
  Hand connector(int number, PoolId pool, int slots, int credits) {
    Hand hand = new Hand(new Machine(wallet(number), "machine-" + number, "10.0.0." + number));
    hand.login();
    for (int i = 0; i < slots; i++) {
      hand.claim(pool, credits);
    }
    return hand;
  }

  Ticket submit(PoolId pool, String input) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return dispatcher.submit(new Submission(pool, CLIENT, bytes, null));
  }

  static Problem failure(Fault fault) {
    return SkepException.of("it-broke", 422).fault(fault).because("it broke").problem();
  }

  /** A connector moved by hand. */
  final class Hand {
    final Machine machine;
    final Map<SlotId, Integer> slots = new LinkedHashMap<>();
    SessionId session;
    boolean takesBlobs;
    private long sequence;

    Hand(Machine machine) {
      this.machine = machine;
    }

    void login() {
      session = new SessionId(ids.next());
      dispatcher.join(session, machine, takesBlobs);
    }

    SlotId claim(PoolId pool, int credits) {
      SlotId slot = new SlotId(ids.next());
      dispatcher.claim(session, slot, pool);
      slots.put(slot, credits);
      report(slot, SlotState.WARM);
      pull(List.of());
      return slot;
    }

    void report(SlotId slot, SlotState state) {
      dispatcher.slots(session, List.of(new SlotReport(slot, state, "container", null)));
    }

    void pull(List<AttemptRef> held) {
      List<Window> windows =
          slots.entrySet().stream().map(e -> new Window(e.getKey(), e.getValue())).toList();
      dispatcher.pull(session, windows, held);
    }

    List<Offer> offers() {
      return offers.getOrDefault(session, List.of());
    }

    /** Takes the oldest offer out of the inbox. */
    Offer next() {
      return offers.get(session).remove(0);
    }

    long answer(Offer offer, String output) {
      byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
      return send(
          new RunResult(
              offer.attempt(),
              offer.slot(),
              bytes,
              ResultCheck.sha256(bytes),
              2_000_000,
              RunResult.RunLog.EMPTY,
              null));
    }

    long answer(Offer offer, BlobRef output) {
      return send(
          new RunResult(
              offer.attempt(),
              offer.slot(),
              output.mark(),
              output.sha256Bytes(),
              2_000_000,
              RunResult.RunLog.EMPTY,
              null));
    }

    long fail(Offer offer, Fault fault) {
      return send(
          new RunResult(
              offer.attempt(),
              offer.slot(),
              new byte[0],
              new byte[0],
              2_000_000,
              new RunResult.RunLog("Traceback", false),
              failure(fault)));
    }

    long send(RunResult... results) {
      dispatcher.results(session, ++sequence, List.of(results));
      return sequence;
    }
  }

  @Override
  public void offer(SessionId session, Offer offer) {
    offers.computeIfAbsent(session, id -> new ArrayList<>()).add(offer);
  }

  @Override
  public void cancel(SessionId session, AttemptRef attempt) {
    cancelled.add(attempt);
  }

  @Override
  public void accepted(SessionId session, long upTo) {
    accepted.put(session, upTo);
  }

  @Override
  public void refused(SessionId session, AttemptRef attempt, Problem why) {
    refused.put(attempt, why);
  }

  @Override
  public void goodbye(SessionId session, String reason) {
    goodbyes.put(session, reason);
  }
}
