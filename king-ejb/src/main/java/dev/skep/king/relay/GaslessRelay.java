package dev.skep.king.relay;

import dev.skep.chain.wallet.Call;
import dev.skep.king.outbox.Outbox;
import dev.skep.persistence.jdbc.Transaction;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Brings a call to the chain at our cost. The call was checked and simulated before. Whoever does
 * it, the same request is brought at most once: the request's id is the key.
 */
public interface GaslessRelay {
  /**
   * Takes the call in the caller's transaction; whatever is remembered about it is committed with
   * the caller's rows.
   */
  Outbox.Stored take(Transaction tx, UUID request, Call call, long gasLimit) throws SQLException;
}
