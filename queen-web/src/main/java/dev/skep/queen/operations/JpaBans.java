package dev.skep.queen.operations;

import dev.skep.persistence.ban.StoredBans;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Bans as entities; in the same transaction a ban ends the wallet's connector sessions. */
@ApplicationScoped
@Transactional
public class JpaBans implements Bans {
  @PersistenceContext(unitName = "skep")
  EntityManager rows;

  @Inject Sql sql;
  @Inject Clock clock;

  @Override
  public void add(WalletAddress address, String reason) {
    new StoredBans(rows).put(address, reason, clock.instant());
    sql.change(
        "update connector_session set ended_at = now(), end_reason = 'banned'"
            + " where provider = ? and ended_at is null",
        address);
  }

  @Override
  public boolean remove(WalletAddress address) {
    return new StoredBans(rows).remove(address);
  }
}
