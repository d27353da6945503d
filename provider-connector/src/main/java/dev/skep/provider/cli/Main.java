package dev.skep.provider.cli;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.rpc.RpcConnection;
import dev.skep.chain.rpc.Web3jLedgerChain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the program with the real surroundings. */
public final class Main {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** Held here: a logger that nobody holds forgets its level. */
  private static final Logger BROKERS_CLIENT = Logger.getLogger("jakarta.jms");

  private Main() {}

  public static void main(String[] args) {
    quieten();
    Surroundings real =
        new Surroundings(
            System.getenv(),
            System.in,
            System.out,
            System.err,
            InstantSource.system(),
            Main::chain);
    System.exit(new SkepCli(real).run(args));
  }

  /**
   * People read this program's own words; libraries speak up only when something is wrong. The
   * broker's client is silent: what fails there reaches us as an exception, and every good-bye of
   * the broker would be told with a stack trace.
   */
  private static void quieten() {
    Logger.getLogger("").setLevel(Level.WARNING);
    BROKERS_CLIENT.setLevel(Level.OFF);
  }

  private static LedgerChain chain(Contracts contracts, String rpc) {
    return new Web3jLedgerChain(RpcConnection.open(rpc, ANSWER), contracts);
  }
}
