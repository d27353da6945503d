package dev.skep.queen.bulk;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Bounds how many bulk requests are open here, and ends those whose client is gone. */
@ApplicationScoped
public class BulkDoor {
  private static final System.Logger LOG = System.getLogger(BulkDoor.class.getName());
  private static final int MOST = 256;
  private static final int MOST_PER_CLIENT = 32;
  private static final Duration STALLED = Duration.ofMinutes(2);
  private static final int SWEEP_SECONDS = 15;

  private final Map<BulkExchange, WalletAddress> open = new ConcurrentHashMap<>();

  @Resource(lookup = "concurrent/skep")
  ManagedScheduledExecutorService executor;

  @PostConstruct
  void start() {
    executor.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  /** Throws {@code bulk-full} when this client, or the node, has as many as it may. */
  void requireRoom(WalletAddress client) {
    long own = open.values().stream().filter(client::equals).count();
    if (open.size() >= MOST || own >= MOST_PER_CLIENT) {
      throw SkepException.of("bulk-full", 429)
          .because("too many bulk requests are open: yours " + own + " of " + MOST_PER_CLIENT)
          .hint("Wait until one of them ends; each takes any number of lines.");
    }
  }

  void enter(BulkExchange exchange, WalletAddress client) {
    open.put(exchange, client);
  }

  void leave(BulkExchange exchange) {
    open.remove(exchange);
  }

  private void sweep() {
    long since = System.nanoTime() - STALLED.toNanos();
    open.keySet().forEach(exchange -> look(exchange, since));
  }

  /**
   * The boundary of one tick for one exchange: a failure that got out would end all later ticks.
   */
  private static void look(BulkExchange exchange, long since) {
    try {
      if (exchange.stalledSince(since)) {
        exchange.end();
      } else {
        exchange.ping();
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a bulk request was not looked after", e);
    }
  }
}
