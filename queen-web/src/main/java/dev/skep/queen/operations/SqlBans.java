package dev.skep.queen.operations;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Bans as rows; a ban also ends the wallet's connector sessions there. */
@ApplicationScoped
public class SqlBans implements Bans {
  @Inject Sql sql;

  @Override
  public void add(WalletAddress address, String reason) {
    sql.change(
        "insert into ban (address, reason) values (?, ?)"
            + " on conflict (address) do update set reason = excluded.reason",
        address,
        reason);
    sql.change(
        "update connector_session set ended_at = now(), end_reason = 'banned'"
            + " where provider = ? and ended_at is null",
        address);
  }

  @Override
  public boolean remove(WalletAddress address) {
    return sql.change("delete from ban where address = ?", address) == 1;
  }
}
