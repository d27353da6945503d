package dev.skep.king.relay;

import dev.skep.king.outbox.Following;
import dev.skep.king.outbox.Purpose;
import dev.skep.persistence.jdbc.Transaction;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.sql.SQLException;

/**
 * A request is done when its transaction is mined, and open again when a reorganisation throws that
 * out.
 */
public final class RequestStates implements Following.Listener {
  @Override
  public void changed(Transaction tx, Following.Change change) throws SQLException {
    if (change.purpose() != Purpose.FORWARD && change.purpose() != Purpose.FAUCET) {
      return;
    }
    switch (change.state()) {
      case MINED -> RequestRows.outcome(tx, change.id(), "DONE", change.hash());
      case SENT -> RequestRows.outcome(tx, change.id(), "SENT", change.hash());
      case REVERTED -> RequestRows.reverted(tx, change.id(), reverted(change).problem());
      default -> {}
    }
  }

  private static SkepException reverted(Following.Change change) {
    return SkepException.of("call-reverted", 422)
        .fault(Fault.CHAIN)
        .because(
            "the transaction "
                + change.hash()
                + " was mined but reverted; something changed after it was checked")
        .hint("Look at the pool's state, then ask again.");
  }
}
