package dev.skep.queen.identity;

import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/** Challenges as rows, so that every node of the queen refuses a nonce that another has seen. */
@ApplicationScoped
public class SqlChallenges implements Challenges {
  @Inject Sql sql;

  @Override
  public void open(String nonce, Instant expiresAt) {
    sql.change("insert into login_challenge (nonce, expires_at) values (?, ?)", nonce, expiresAt);
  }

  @Override
  public Use use(String nonce, Instant now) {
    int taken =
        sql.change(
            "update login_challenge set used_at = ?"
                + " where nonce = ? and used_at is null and expires_at > ?",
            now,
            nonce,
            now);
    return taken == 1 ? Use.TAKEN : refusal(nonce);
  }

  private Use refusal(String nonce) {
    Optional<Boolean> used =
        sql.first(
            "select used_at is not null as used from login_challenge where nonce = ?",
            row -> row.flag("used"),
            nonce);
    return used.orElse(false) ? Use.ALREADY_USED : Use.UNKNOWN_OR_EXPIRED;
  }

  @Override
  public void forgetBefore(Instant moment) {
    sql.change("delete from login_challenge where expires_at < ?", moment);
  }
}
