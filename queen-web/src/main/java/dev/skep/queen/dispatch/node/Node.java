package dev.skep.queen.dispatch.node;

import dev.skep.persistence.budget.BudgetSlabs;
import dev.skep.persistence.ledger.LedgerMeter;
import dev.skep.persistence.ledger.LedgerWriter;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.queen.blob.BlobBook;
import dev.skep.queen.dispatch.Canceller;
import dev.skep.queen.dispatch.Courier;
import dev.skep.queen.dispatch.Dispatcher;
import dev.skep.queen.dispatch.Ports;
import dev.skep.queen.dispatch.Settings;
import dev.skep.queen.dispatch.jms.Broker;
import dev.skep.queen.settings.QueenSettings;
import dev.skep.queen.sql.Sql;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * This node's dispatcher and what feeds it. Started once by {@link NodeStart}; before that every
 * use says {@code node-starting}.
 */
@ApplicationScoped
public class Node {
  private static final System.Logger LOG = System.getLogger(Node.class.getName());
  private static final int ANSWERING = 8;

  @Inject Sql sql;
  @Inject QueenSettings settings;
  @Inject Clock clock;
  @Inject Uuid7 ids;
  @Inject Broker broker;
  @Inject SessionEnds ends;
  @Inject Canceller canceller;
  @Inject BlobBook blobs;

  @Resource(lookup = "jdbc/skep_direct")
  DataSource direct;

  @Resource(lookup = "concurrent/skepThreads")
  ManagedThreadFactory threads;

  @Resource(lookup = "concurrent/skep")
  ManagedScheduledExecutorService executor;

  private volatile @Nullable Running running;
  private @Nullable ExecutorService answers;

  /** All parts of a started node. */
  record Running(
      Dispatcher dispatcher, LedgerWriter writer, PoolWatch pools, OpenRows rows, SlotRows slots) {}

  synchronized void start() {
    LedgerWriter writer = new LedgerWriter(direct, threads, LedgerWriter.Limits.DEFAULT);
    SlotRows slots = new SlotRows(sql);
    OpenRows rows = new OpenRows(sql, settings.node());
    Courier courier = new SwiftCourier(broker.courier(ends::gone), canceller);
    ExecutorService clients = Executors.newFixedThreadPool(ANSWERING, threads);
    answers = clients;
    Dispatcher dispatcher = dispatcher(writer, courier, slots, clients);
    PoolWatch pools =
        new PoolWatch(new PoolRows(sql), new BudgetSlabs(direct), settings.node(), dispatcher);
    pools.refresh();
    rows.restoreSlots(dispatcher);
    int jobs = rows.restoreJobs(dispatcher);
    ends.start(dispatcher);
    broker.receive(dispatcher, blobs, ends::abuser);
    running = new Running(dispatcher, writer, pools, rows, slots);
    LOG.log(System.Logger.Level.INFO, "node {0} goes on with {1} jobs", settings.node(), jobs);
  }

  /**
   * Clients are answered by threads of their own: the managed executor would search every library
   * for context providers with each task, on the ledger's thread.
   */
  private Dispatcher dispatcher(
      LedgerWriter writer, Courier courier, SlotRows slots, Executor clients) {
    Ports ports =
        new Ports(
            new WriterLedger(writer, settings.node()),
            courier,
            slots,
            new AttemptRows(sql, executor),
            clients);
    long seed = new SecureRandom().nextLong();
    return new Dispatcher(clock, Settings.defaults(seed), ports, ids);
  }

  public Dispatcher dispatcher() {
    return running().dispatcher();
  }

  /** A pool that may have jobs; a new one is read at once. */
  public Optional<PoolDoor> pool(PoolId pool) {
    PoolWatch pools = running().pools();
    if (pools.find(pool).isEmpty()) {
      pools.refresh(pool);
    }
    return pools.find(pool).map(known -> new PoolDoor(known.terms(), known.access()));
  }

  /** Asks for more of a pool's deposit; true when this node has more now. */
  public boolean topUp(PoolId pool) {
    return running().pools().topUp(pool);
  }

  public LedgerMeter ledgerMeter() {
    return running().writer().meter();
  }

  public int ledgerBacklog() {
    return running().writer().backlog();
  }

  public boolean isRunning() {
    return running != null;
  }

  Running running() {
    Running open = running;
    if (open == null) {
      throw SkepException.of("node-starting", 503)
          .because("this node is starting and reads its open jobs")
          .hint("Try again in a moment.");
    }
    return open;
  }

  @PreDestroy
  void stop() {
    Running open = running;
    if (open != null) {
      open.slots().flush();
      open.writer().close();
    }
    if (answers != null) {
      answers.shutdown();
    }
  }
}
