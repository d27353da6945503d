package dev.skep.king.relay;

import dev.skep.chain.proof.Hash32;
import dev.skep.king.outbox.Outbox;
import dev.skep.persistence.jdbc.Database;
import dev.skep.persistence.jdbc.Row;
import dev.skep.persistence.jdbc.Transaction;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The queen's requests as rows: QUEUED by the queen, SENT when in the outbox, DONE or FAILED as
 * their transaction is.
 */
final class RequestRows {
  private static final String QUEUED =
      "select id, kind, requester, payload from chain_request where state = 'QUEUED' order by created_at limit 50";
  private static final String SENT =
      "update chain_request set state = 'SENT', tx_id = ?, tx_hash = ?, problem = null where id = ? and state = 'QUEUED'";

  /** One waiting request. */
  record Request(UUID id, String kind, WalletAddress requester, String payload) {
    static Request read(Row row) throws SQLException {
      return new Request(
          row.uuid("id"), row.text("kind"), row.address("requester"), row.text("payload"));
    }
  }

  private final Database database;

  RequestRows(Database database) {
    this.database = database;
  }

  List<Request> queued() {
    return database.call(tx -> tx.list(QUEUED, Request::read));
  }

  /** Throws when the request is not QUEUED any more, so that the caller's transaction is undone. */
  static void sent(Transaction tx, UUID id, Outbox.Stored stored) throws SQLException {
    if (tx.change(SENT, stored.id(), stored.signed().hash().bytes(), id) != 1) {
      throw SkepException.of("request-taken", 409)
          .because("request " + id + " is not waiting any more");
    }
  }

  void failed(UUID id, Problem problem) {
    database.run(
        tx ->
            tx.change(
                "update chain_request set state = 'FAILED', problem = ?, done_at = now() where id = ? and state = 'QUEUED'",
                problem.toJson().toString(),
                id));
  }

  /** Says on every waiting row why nothing happens. */
  void delayed(Problem problem) {
    database.run(
        tx ->
            tx.change(
                "update chain_request set problem = ? where state = 'QUEUED' and problem is null",
                problem.toJson().toString()));
  }

  static void outcome(Transaction tx, UUID txId, String state, Hash32 hash) throws SQLException {
    tx.change(
        "update chain_request set state = ?, tx_hash = ?, problem = null, done_at = case when ? = 'DONE' then now() end where tx_id = ?",
        state,
        hash.bytes(),
        state,
        txId);
  }

  static void reverted(Transaction tx, UUID txId, Problem problem) throws SQLException {
    tx.change(
        "update chain_request set state = 'FAILED', problem = ?, done_at = now() where tx_id = ?",
        problem.toJson().toString(),
        txId);
  }
}
