package dev.skep.king.settlement;

import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.king.deployment.Deployments;
import dev.skep.king.outbox.Delivery;
import dev.skep.king.outbox.Following;
import dev.skep.king.outbox.Outbox;
import dev.skep.king.problem.Problems;
import dev.skep.king.relay.ChainRequests;
import dev.skep.king.relay.RequestStates;
import dev.skep.king.relay.SelfRelay;
import dev.skep.king.watch.ChainWatch;
import dev.skep.persistence.jdbc.Database;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.Uuid7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One turn of the king, made to be called every second and to die anywhere: each step reads what is
 * to be done from rows, commits before it speaks to the chain, and finds its own traces when it is
 * run again. A chain that does not answer ends the turn, and the next ones wait longer; whatever
 * else fails is a problem row, and the other steps go on.
 */
public final class SettlementRun {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Database database;
  private final Crown crown;
  private final KingSettings settings;
  private final ChainAccess access;
  private final KingKeys keys;
  private final Clock clock;
  private final Problems problems;
  private final Outbox outbox;
  private final Deployments deployments;
  private final BlockStates blockStates = new BlockStates();

  private Duration pause = Duration.ZERO;
  private Instant quietUntil = Instant.MIN;
  private Instant lastSeal = Instant.MIN;
  private @Nullable Contracts live;

  /** What a run works with; {@code source} is outside of JTA. */
  public record Parts(
      DataSource source, ChainAccess access, KingKeys keys, Clock clock, Uuid7 ids) {}

  public SettlementRun(KingSettings settings, Parts parts) {
    this.settings = settings;
    this.database = new Database(parts.source());
    this.crown = new Crown(parts.source());
    this.access = parts.access();
    this.keys = parts.keys();
    this.clock = parts.clock();
    this.problems = new Problems(database);
    this.outbox = new Outbox(settings.chainId(), parts.ids());
    this.deployments = new Deployments(database, outbox, keys, KingSettings.developmentTerms(keys));
  }

  /** Returns whether it worked: not while another king does, nor during a pause. */
  public boolean tick() {
    return !clock.instant().isBefore(quietUntil) && crown.wear(this::work);
  }

  private void work() {
    try {
      turn();
      pause = Duration.ZERO;
      problems.resolve("chain");
    } catch (SkepException e) {
      if (e.fault() != Fault.CHAIN) {
        throw e;
      }
      problems.raise(e.code(), "chain", e.getMessage());
      ChainRequests.delayed(database, e.problem());
      pause = pause.isZero() ? Duration.ofSeconds(1) : pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      quietUntil = clock.instant().plus(pause);
    }
  }

  private void turn() {
    ChainNode node = access.node();
    checkChain(node);
    Deployments.Deployed deployed = deployed(node);
    if (!isLive(node, deployed.contracts())) {
      send(node);
      if (!isLive(node, deployed.contracts())) {
        waitFor(deployed.contracts());
        return;
      }
    }
    LedgerChain ledger = access.ledger(deployed.contracts());
    step("requests", () -> requests(ledger).run());
    if (!clock.instant().isBefore(lastSeal.plus(settings.interval()))) {
      step("sealing", () -> seal(ledger));
    }
    send(ledger);
    step("watching", () -> new ChainWatch(database, ledger, deployed.firstBlock(), problems).run());
    step("refunds", () -> new Refunds(database, ledger, outbox, keys.king(), problems).run(clock));
  }

  private void waitFor(Contracts contracts) {
    if (!deployments.isOnTheWay(settings.chainId())) {
      throw Deployments.gone(settings.chainId(), contracts);
    }
  }

  private void seal(LedgerChain ledger) {
    new Sealing(database, ledger, outbox, keys.king(), problems, settings.chainId()).run();
    lastSeal = clock.instant();
  }

  private void send(ChainNode node) {
    Delivery.Parts parts = new Delivery.Parts(database, node, settings.chainId(), problems, clock);
    step("delivering", () -> new Delivery(parts, keys.byAddress(), settings.patience()).run());
    step("noting", () -> database.run(blockStates::sent));
    step("following", () -> new Following(parts, List.of(blockStates, new RequestStates())).run());
  }

  private ChainRequests requests(LedgerChain ledger) {
    SelfRelay relay = new SelfRelay(ledger, outbox, keys.relay());
    return new ChainRequests(
        database,
        ledger,
        new ChainRequests.Senders(relay, outbox, keys.relay(), keys.deployer()),
        clock);
  }

  private void checkChain(ChainNode node) {
    long actual = node.chainId();
    if (actual != settings.chainId()) {
      throw SkepException.of("wrong-chain", 503)
          .fault(Fault.CHAIN)
          .because(
              "the node is on chain " + actual + ", but SKEP_CHAIN_ID is " + settings.chainId())
          .hint("Point SKEP_RPC_URL to a node of the right chain.");
    }
  }

  private Deployments.Deployed deployed(ChainNode node) {
    return deployments
        .find(settings.chainId())
        .or(
            () ->
                settings.deployContracts()
                    ? Optional.of(deployments.plan(node, settings.chainId()))
                    : Optional.empty())
        .orElseThrow(() -> Deployments.missing(settings.chainId()));
  }

  private boolean isLive(ChainNode node, Contracts contracts) {
    if (!contracts.equals(live) && Deployments.isLive(node, contracts)) {
      live = contracts;
    }
    return contracts.equals(live);
  }

  /** The boundary of a step: what went wrong becomes a row, a silent chain ends the turn. */
  private void step(String name, Runnable work) {
    try {
      work.run();
      problems.resolve(name);
    } catch (SkepException e) {
      if (e.fault() == Fault.CHAIN && e.isRetryable()) {
        throw e;
      }
      problems.raise(e.code(), name, e.getMessage());
    } catch (RuntimeException e) { // a bug in one step must not stop the others
      problems.raise("king-failed", name, e.toString());
    }
  }
}
