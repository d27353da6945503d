package dev.skep.queen.identity;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Sessions as rows. */
@ApplicationScoped
public class SqlSessions implements Sessions {
  @Inject Sql sql;

  @Override
  public void open(Session session, byte[] tokenSha256) {
    sql.change(
        "insert into session (id, address, role, token_sha256, expires_at, created_at)"
            + " values (?, ?, ?, ?, ?, now())",
        session.id(),
        session.address(),
        session.role().text(),
        tokenSha256,
        session.expiresAt());
  }

  @Override
  public Optional<Session> find(byte[] tokenSha256, Instant now) {
    return sql.first(
        "select id, address, role, expires_at from session s"
            + " where token_sha256 = ? and revoked_at is null and expires_at > ?"
            + " and not exists (select 1 from ban b where b.address = s.address)",
        SqlSessions::read,
        tokenSha256,
        now);
  }

  private static Session read(Row row) throws SQLException {
    return new Session(
        row.uuid("id"),
        row.address("address"),
        SessionRole.parse(row.text("role")),
        row.instant("expires_at"));
  }

  @Override
  public void revoke(UUID session, Instant now) {
    sql.change(
        "update session set revoked_at = ? where id = ? and revoked_at is null", now, session);
  }

  @Override
  public void revokeAll(WalletAddress address, Instant now) {
    sql.change(
        "update session set revoked_at = ? where address = ? and revoked_at is null", now, address);
  }

  @Override
  public boolean isBanned(WalletAddress address) {
    return sql.first("select 1 from ban where address = ?", row -> true, address).isPresent();
  }

  @Override
  public void forgetBefore(Instant moment) {
    sql.change("delete from session where expires_at < ?", moment);
  }
}
