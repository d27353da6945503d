package dev.skep.king.outbox;

import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.king.problem.Problems;
import dev.skep.persistence.jdbc.Database;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands stored transactions to the node, each key's in the order of their nonces. What is not mined
 * in time is sent again with the same nonce at a higher fee; every form of it is kept, for any may
 * be the one that is mined.
 */
public final class Delivery {
  private static final String WAITING =
      "select "
          + OutboxTx.COLUMNS
          + " from chain_tx where state in ('STORED', 'SENT') order by signer, nonce limit 200";

  /**
   * @param sendAgainAfter how long before the same bytes are sent once more, lest a node forgot
   *     them
   * @param raiseAfter how long before the fee is raised
   * @param mostFee the highest fee per gas, in wei
   */
  public record Patience(Duration sendAgainAfter, Duration raiseAfter, BigInteger mostFee) {
    public static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(15), Duration.ofSeconds(60), BigInteger.valueOf(500_000_000_000L));
  }

  private final Database database;
  private final ChainNode node;
  private final long chainId;
  private final Map<WalletAddress, Signer> signers;
  private final Problems problems;
  private final Clock clock;
  private final Patience patience;

  public Delivery(Parts parts, Map<WalletAddress, Signer> signers, Patience patience) {
    this.database = parts.database();
    this.node = parts.node();
    this.chainId = parts.chainId();
    this.problems = parts.problems();
    this.clock = parts.clock();
    this.signers = Map.copyOf(signers);
    this.patience = patience;
  }

  /** What delivering and following share. */
  public record Parts(
      Database database, ChainNode node, long chainId, Problems problems, Clock clock) {}

  /** Sends what waits. A refused transaction holds up the later ones of its key, and no others. */
  public void run() {
    Set<WalletAddress> heldUp = new HashSet<>();
    List<OutboxTx> waiting = database.call(tx -> tx.list(WAITING, OutboxTx::read));
    for (OutboxTx each : waiting) {
      if (!heldUp.contains(each.signer()) && isDue(each) && !deliver(each)) {
        heldUp.add(each.signer());
      }
    }
  }

  private boolean isDue(OutboxTx each) {
    Instant sent = each.sentAt();
    return sent == null || sent.plus(patience.sendAgainAfter()).isBefore(clock.instant());
  }

  private boolean deliver(OutboxTx each) {
    try {
      node.send(isStuck(each) ? raise(each) : each.body().signed());
    } catch (SkepException e) {
      if (e.isRetryable()) {
        throw e;
      }
      problems.raise(e.code(), each.label(), e.getMessage());
      return false;
    }
    database.run(
        tx ->
            tx.change(
                "update chain_tx set state = ?, sent_at = ? where id = ? and state in ('STORED', 'SENT')",
                each.state() == TxState.SENT
                    ? TxState.SENT
                    : TxState.TRANSITIONS.check(each.state(), TxState.SENT),
                clock.instant(),
                each.id()));
    problems.resolve(each.label());
    return true;
  }

  private boolean isStuck(OutboxTx each) {
    Instant formed = each.formedAt();
    return each.sentAt() != null
        && formed != null
        && formed.plus(patience.raiseAfter()).isBefore(clock.instant());
  }

  /** The new form is committed before it is sent; at the cap the old bytes go out once more. */
  private SignedTransaction raise(OutboxTx each) {
    Fees raised = each.body().fees().raised();
    Fees asked = node.fees();
    Fees fees =
        new Fees(raised.max().max(asked.max()), raised.tip().max(asked.tip()))
            .cappedAt(patience.mostFee());
    Signer signer = signers.get(each.signer());
    if (signer == null || fees.max().compareTo(raised.max()) < 0) {
      problems.raise(
          "transaction-stuck", each.label(), "not mined, and the fee may not be raised any more");
      return each.body().signed();
    }
    SignedTransaction signed = signer.sign(each.unsigned(chainId).at(fees));
    database.run(tx -> Outbox.replace(tx, each.id(), fees, signed));
    return signed;
  }
}
