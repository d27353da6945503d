package dev.skep.king.settlement;

import dev.skep.chain.fake.ChainLab;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.rpc.RpcConnection;
import dev.skep.chain.rpc.Web3jLedgerChain;
import dev.skep.king.outbox.Delivery;
import dev.skep.protocol.id.Uuid7;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A king in a process of its own that says {@link #SENDING} between its outbox and the broadcast,
 * and waits to be killed.
 */
final class DoomedKing {
  static final String SENDING = "about to send";

  /** Arguments: the database's URL and the node's. */
  public static void main(String[] arguments) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(arguments[0]);
    source.setUser("skep");
    Contracts contracts = ChainLab.plan(0).contracts();
    LedgerChain chain =
        new Web3jLedgerChain(RpcConnection.open(arguments[1], Duration.ofSeconds(60)), contracts);
    KingSettings settings =
        new KingSettings(31337, Duration.ofSeconds(1), true, Delivery.Patience.DEFAULT);
    KingKeys keys = KingKeys.of(ChainLab.KEYS);
    SettlementRun king =
        new SettlementRun(
            settings,
            new SettlementRun.Parts(
                source, KingLab.access(stopping(chain)), keys, Clock.systemUTC(), Uuid7.system()));
    while (true) {
      king.tick();
    }
  }

  private static LedgerChain stopping(LedgerChain chain) {
    return (LedgerChain)
        Proxy.newProxyInstance(
            LedgerChain.class.getClassLoader(),
            new Class<?>[] {LedgerChain.class},
            (self, method, arguments) -> {
              if (method.getName().equals("send")) {
                System.out.println(SENDING);
                new CountDownLatch(1).await();
              }
              try {
                return method.invoke(chain, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
