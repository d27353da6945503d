package dev.skep.persistence.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.persistence.postgres.TestEntities;
import dev.skep.persistence.postgres.TestRows;
import dev.skep.protocol.SkepException;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredBansIT {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");

  private final TestRows rows = TestRows.fresh();
  private final TestEntities entities = TestEntities.of(rows.source());

  @AfterEach
  void close() {
    entities.close();
  }

  private <T> T bans(Function<StoredBans, T> work) {
    return entities.inTransaction(manager -> work.apply(new StoredBans(manager)));
  }

  private void ban(String reason, Instant when) {
    bans(stored -> stored.put(TestRows.PROVIDER, reason, when));
  }

  private boolean lift() {
    return bans(stored -> stored.remove(TestRows.PROVIDER));
  }

  @Test
  void shouldKeepTheFirstMomentWhenTheReasonChanges() {
    ban("spam", NOW);
    ban("fraud", NOW.plusSeconds(60));

    Ban ban = bans(stored -> stored.find(TestRows.PROVIDER)).orElseThrow();
    assertThat(ban.address()).isEqualTo(TestRows.PROVIDER);
    assertThat(ban.reason()).isEqualTo("fraud");
    assertThat(ban.createdAt()).isEqualTo(NOW);
    assertThat(rows.text("select version from ban")).isEqualTo(Long.toString(ban.version()));
  }

  @Test
  void shouldLiftABanOnce() {
    ban("spam", NOW);

    assertThat(lift()).isTrue();
    assertThat(lift()).isFalse();
    assertThat(rows.count("ban")).isZero();
  }

  @Test
  void shouldRefuseToOverwriteABanThatChangedMeanwhile() {
    ban("spam", NOW);

    assertThatThrownBy(
            () ->
                bans(
                    stored -> {
                      stored.find(TestRows.PROVIDER);
                      rows.run("update ban set reason = 'fraud', version = version + 1");
                      return stored.put(TestRows.PROVIDER, "noise", NOW);
                    }))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("row-changed"));
    assertThat(rows.text("select reason from ban")).isEqualTo("fraud");
  }

  @Test
  void shouldSayThatTheDatabaseIsAwayWhenTheConnectionIsCut() {
    EntityManager manager = entities.open();
    StoredBans stored = new StoredBans(manager);
    manager.getTransaction().begin();
    stored.put(TestRows.OWNER, "spam", NOW);
    rows.text(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");

    assertThatThrownBy(() -> stored.remove(TestRows.PROVIDER))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("database-unavailable"));
  }
}
