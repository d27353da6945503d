package dev.skep.queen.provider;

import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Connector sessions as rows. */
@ApplicationScoped
class SessionRows {
  private static final String INSERT =
      """
      insert into connector_session (id, provider, machine_id, ip, node, inbox, token_sha256,
        hmac_key, software, expires_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  @Inject Sql sql;

  /** A session with its place. */
  record Found(SessionId id, WalletAddress provider, String machineId, String software) {}

  void add(SessionId id, NewSession who, String node, SessionKeys keys, Instant expiresAt) {
    sql.change(
        INSERT,
        id,
        who.provider(),
        who.machineId(),
        who.ip(),
        node,
        keys.inbox(),
        keys.passwordSha256(),
        keys.hmacKey(),
        who.software(),
        expiresAt);
  }

  /** Open sessions of the same wallet on the same machine. */
  List<SessionId> openAt(WalletAddress provider, String machineId) {
    return sql.list(
        "select id from connector_session"
            + " where provider = ? and machine_id = ? and ended_at is null",
        row -> new SessionId(row.uuid("id")),
        provider,
        machineId);
  }

  /** The wallet's open session of that id. */
  Optional<Found> open(SessionId id, WalletAddress provider) {
    return sql.first(
        "select id, provider, machine_id, software from connector_session"
            + " where id = ? and provider = ? and ended_at is null and expires_at > now()",
        row ->
            new Found(
                new SessionId(row.uuid("id")),
                row.address("provider"),
                row.text("machine_id"),
                row.text("software")),
        id,
        provider);
  }

  /** The open session whose password has that hash. */
  Optional<SessionId> ofPassword(byte[] sha256) {
    return sql.first(
        "select id from connector_session"
            + " where token_sha256 = ? and ended_at is null and expires_at > now()",
        row -> new SessionId(row.uuid("id")),
        (Object) sha256);
  }

  List<SessionId> openOf(WalletAddress provider) {
    return sql.list(
        "select id from connector_session where provider = ? and ended_at is null",
        row -> new SessionId(row.uuid("id")),
        provider);
  }
}
