package dev.skep.persistence.ban;

import dev.skep.persistence.DatabaseProblem;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;

/** Bans in the caller's transaction. Flushes, so that a failure is known here and not at commit. */
public final class StoredBans {
  private final EntityManager rows;

  public StoredBans(EntityManager rows) {
    this.rows = rows;
  }

  public Optional<Ban> find(WalletAddress address) {
    return DatabaseProblem.guard("the ban was not read", () -> row(address));
  }

  /**
   * Bans a wallet; banning it again changes the reason. {@code row-changed} (409, retryable) when
   * somebody else did either meanwhile.
   */
  public Ban put(WalletAddress address, String reason, Instant now) {
    return DatabaseProblem.guard(
        "the ban was not written",
        () -> {
          Ban ban = row(address).orElseGet(() -> new Ban(address, reason, now));
          ban.explain(reason);
          rows.persist(ban);
          rows.flush();
          return ban;
        });
  }

  /** False when it was not banned. */
  public boolean remove(WalletAddress address) {
    return DatabaseProblem.guard(
        "the ban was not lifted",
        () -> {
          Optional<Ban> ban = row(address);
          ban.ifPresent(rows::remove);
          rows.flush();
          return ban.isPresent();
        });
  }

  private Optional<Ban> row(WalletAddress address) {
    return Optional.ofNullable(rows.find(Ban.class, address.toString()));
  }
}
