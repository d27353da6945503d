package dev.skep.queen.relay;

import dev.skep.chain.proof.Hex;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Relay requests as rows. */
@ApplicationScoped
public class SqlRelayRequests implements RelayRequests {
  private static final String SELECT =
      "select id, requester, state, payload, tx_hash, problem from chain_request";

  @Inject Sql sql;

  @Override
  public boolean add(UUID id, Kind kind, WalletAddress requester, String payload, String dedupe) {
    return sql.change(
            "insert into chain_request (id, kind, requester, payload, dedupe, state)"
                + " values (?, ?, ?, ?, ?, 'QUEUED') on conflict (dedupe) do nothing",
            id,
            kind,
            requester,
            payload,
            dedupe)
        == 1;
  }

  @Override
  public Optional<RelayRequest> find(UUID id) {
    return sql.first(SELECT + " where id = ?", SqlRelayRequests::read, id);
  }

  @Override
  public Optional<RelayRequest> findByDedupe(String dedupe) {
    return sql.first(SELECT + " where dedupe = ?", SqlRelayRequests::read, dedupe);
  }

  @Override
  public void release(UUID failed) {
    sql.change(
        "update chain_request set dedupe = dedupe || ':' || id"
            + " where id = ? and state = 'FAILED'",
        failed);
  }

  private static RelayRequest read(Row row) throws SQLException {
    byte[] hash = row.findBytes("tx_hash");
    return new RelayRequest(
        row.uuid("id"),
        row.address("requester"),
        row.text("state"),
        row.text("payload"),
        hash == null ? null : Hex.encode(hash),
        row.findText("problem"));
  }
}
