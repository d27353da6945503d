package dev.skep.king.relay;

import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.king.outbox.Outbox;
import dev.skep.king.outbox.Purpose;
import dev.skep.king.outbox.Signer;
import dev.skep.persistence.jdbc.Transaction;
import java.sql.SQLException;
import java.util.UUID;

/** Our own sponsor key pays, through the outbox. */
public final class SelfRelay implements GaslessRelay {
  private final ChainNode node;
  private final Outbox outbox;
  private final Signer sponsor;

  public SelfRelay(ChainNode node, Outbox outbox, Signer sponsor) {
    this.node = node;
    this.outbox = outbox;
    this.sponsor = sponsor;
  }

  @Override
  public Outbox.Stored take(Transaction tx, UUID request, Call call, long gasLimit)
      throws SQLException {
    Fees fees = node.fees();
    outbox.nextNonce(tx, node, sponsor.address());
    return outbox.store(
        tx, sponsor, new Outbox.Order(Purpose.FORWARD, request.toString(), call, gasLimit, fees));
  }
}
