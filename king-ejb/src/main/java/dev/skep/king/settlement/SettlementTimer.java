package dev.skep.king.settlement;

import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.rpc.RpcConnection;
import dev.skep.chain.rpc.Web3jLedgerChain;
import dev.skep.chain.rpc.Web3jNode;
import dev.skep.chain.wallet.ServerKeys;
import dev.skep.king.outbox.Delivery;
import dev.skep.protocol.id.Uuid7;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Turns the king once a second where {@code SKEP_KING_ENABLED} says so; only delegates. Every node
 * may have one: the crown lets one of them work. The timer is not persistent, because what is to be
 * done is in the rows.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class SettlementTimer {
  private static final Logger LOG = System.getLogger(SettlementTimer.class.getName());
  private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);

  @Resource(lookup = "jdbc/skep_direct")
  private DataSource source;

  @Resource private TimerService timers;
  @Inject private Config config;

  private @Nullable RpcConnection connection;
  private @Nullable SettlementRun run;

  @PostConstruct
  void start() {
    if (!config.getOptionalValue("SKEP_KING_ENABLED", Boolean.class).orElse(false)) {
      LOG.log(Level.INFO, "no king on this node: SKEP_KING_ENABLED is not true");
      return;
    }
    KingSettings settings = settings();
    Path keysFile = Path.of(config.getValue("SKEP_KEYS_FILE", String.class));
    KingKeys keys = KingKeys.of(ServerKeys.read(keysFile, settings.chainId()));
    RpcConnection rpc =
        RpcConnection.open(config.getValue("SKEP_RPC_URL", String.class), RPC_TIMEOUT);
    connection = rpc;
    run =
        new SettlementRun(
            settings,
            new SettlementRun.Parts(source, access(rpc), keys, Clock.systemUTC(), Uuid7.system()));
    timers.createIntervalTimer(1000, 1000, new TimerConfig("king", false));
    LOG.log(Level.INFO, "king {0} works on chain {1}", keys.king().address(), settings.chainId());
  }

  /**
   * The boundary of a turn: what gets here is the database's or a bug's, and the next turn tries
   * again.
   */
  @Timeout
  void tick() {
    SettlementRun current = run;
    try {
      if (current != null) {
        current.tick();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the king's turn failed and will be repeated", e);
    }
  }

  @PreDestroy
  void stop() {
    if (connection != null) {
      connection.close();
    }
  }

  private KingSettings settings() {
    long chainId =
        config.getOptionalValue("SKEP_CHAIN_ID", Long.class).orElse(ServerKeys.LOCAL_CHAIN);
    int seconds = config.getOptionalValue("SKEP_KING_INTERVAL_SECONDS", Integer.class).orElse(5);
    boolean deploy =
        config
            .getOptionalValue("SKEP_DEPLOY_CONTRACTS", Boolean.class)
            .orElse(chainId == ServerKeys.LOCAL_CHAIN);
    return new KingSettings(
        chainId, Duration.ofSeconds(seconds), deploy, Delivery.Patience.DEFAULT);
  }

  private static ChainAccess access(RpcConnection rpc) {
    ChainNode node = new Web3jNode(rpc);
    return new ChainAccess() {
      @Override
      public ChainNode node() {
        return node;
      }

      @Override
      public LedgerChain ledger(Contracts contracts) {
        return new Web3jLedgerChain(rpc, contracts);
      }
    };
  }
}
