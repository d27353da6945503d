package dev.skep.king.relay;

import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.king.outbox.Outbox;
import dev.skep.king.outbox.Purpose;
import dev.skep.king.outbox.Signer;
import dev.skep.king.relay.RequestRows.Request;
import dev.skep.persistence.jdbc.Database;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Clock;

/**
 * Works off what the queen asks of the chain. A request that can never succeed FAILS with the
 * reason; one that cannot be judged now, because the chain is away, stays and says so.
 */
public final class ChainRequests {
  /** What the development chain's faucet gives a wallet, once. */
  public static final TokenAmount FAUCET_AMOUNT = TokenAmount.parseHuman("1000 SKEP");

  private static final long FAUCET_GAS = 150_000;
  private static final long LOCAL_CHAIN = 31337;

  private final Database database;
  private final RequestRows rows;
  private final LedgerChain chain;
  private final ForwardCheck check;
  private final GaslessRelay relay;
  private final Outbox outbox;
  private final Signer faucet;
  private final LedgerCalls calls;

  /** What sends: the relay for signed calls, the token owner's key for play money. */
  public record Senders(GaslessRelay relay, Outbox outbox, Signer relayKey, Signer faucet) {}

  private final Senders senders;

  public ChainRequests(Database database, LedgerChain chain, Senders senders, Clock clock) {
    this.database = database;
    this.rows = new RequestRows(database);
    this.chain = chain;
    this.check = new ForwardCheck(chain, clock);
    this.senders = senders;
    this.relay = senders.relay();
    this.outbox = senders.outbox();
    this.faucet = senders.faucet();
    this.calls = new LedgerCalls(chain.contracts());
  }

  public void run() {
    for (Request request : rows.queued()) {
      try {
        take(request);
      } catch (SkepException e) {
        if (e.isRetryable()) {
          rows.delayed(e.problem());
          throw e;
        }
        rows.failed(request.id(), e.problem());
      }
    }
  }

  /** Says on the waiting rows that the chain is away. */
  public static void delayed(Database database, Problem problem) {
    new RequestRows(database).delayed(problem);
  }

  private void take(Request request) {
    if (request.kind().equals("FAUCET")) {
      fund(request);
    } else {
      forward(request);
    }
  }

  private void forward(Request request) {
    ForwardCheck.Signed signed = check.read(request.payload(), request.requester());
    if (check.mustWait(signed)) {
      return;
    }
    check.verify(signed);
    Call call = calls.execute(signed.request(), signed.signature());
    long gas = chain.estimateGas(senders.relayKey().address(), call);
    long limit = gas + gas / 4 + 50_000;
    database.run(
        tx -> RequestRows.sent(tx, request.id(), relay.take(tx, request.id(), call, limit)));
  }

  private void fund(Request request) {
    if (chain.chainId() != LOCAL_CHAIN) {
      throw SkepException.of("faucet-off", 404).because("only the development chain has a faucet");
    }
    Fees fees = chain.fees();
    Call call = calls.mint(request.requester(), FAUCET_AMOUNT);
    database.run(
        tx -> {
          outbox.nextNonce(tx, chain, faucet.address());
          Outbox.Order order =
              new Outbox.Order(Purpose.FAUCET, request.id().toString(), call, FAUCET_GAS, fees);
          RequestRows.sent(tx, request.id(), outbox.store(tx, faucet, order));
        });
  }
}
