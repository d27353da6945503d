package dev.skep.persistence.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.persistence.postgres.TestEntities;
import dev.skep.persistence.postgres.TestRows;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.persistence.EntityManager;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredPoolsIT {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");
  private static final TokenAmount HUGE = new TokenAmount(BigInteger.ONE.shiftLeft(127));

  private final TestRows rows = TestRows.fresh();
  private final TestEntities entities = TestEntities.of(rows.source());

  @AfterEach
  void close() {
    entities.close();
  }

  private <T> T pools(Function<StoredPools, T> work) {
    return entities.inTransaction(manager -> work.apply(stored(manager)));
  }

  private static StoredPools stored(EntityManager manager) {
    return new StoredPools(manager, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Pool added(PoolId id) {
    Pool pool =
        new Pool(
            id,
            new Origin("queen", TestRows.OWNER, new byte[32], NOW),
            new Program("words", "custom", "print(1)".getBytes(StandardCharsets.UTF_8)),
            new Terms(
                "{\"slots\":3}",
                new Seats("performance", "signed-in", 3, 2),
                new Price(new TokenAmount(BigInteger.ONE), TokenAmount.ZERO, HUGE),
                new Agreement("quorum", 3, 2, "machine")));
    return pools(
        stored -> {
          stored.add(pool);
          return pool;
        });
  }

  private int open(WalletAddress owner) {
    return pools(stored -> stored.countOpen(owner));
  }

  private boolean move(PoolId id, PoolState from, PoolState to, String reason) {
    return pools(stored -> stored.move(id, from, to, reason));
  }

  private Pool read(PoolId id) {
    return pools(stored -> stored.find(id).orElseThrow());
  }

  @Test
  void shouldReadBackWhatWasWrittenWhenTheTransactionIsOver() {
    PoolId id = rows.newPoolId();
    added(id);

    Pool pool = read(id);

    assertThat(pool.terms().price().maxPerJob()).isEqualTo(HUGE);
    assertThat(pool.origin().createdAt()).isEqualTo(NOW);
    assertThat(pool.origin().owner()).isEqualTo(TestRows.OWNER);
    assertThat(pool.state()).isEqualTo(PoolState.OPENING);
    assertThat(pool.deposited()).isEqualTo(TokenAmount.ZERO);
    assertThat(pool.closedAt()).isNull();
    assertThat(rows.count("pool where program_sha256 = sha256('print(1)') and copies = 3"))
        .isEqualTo(1);
  }

  @Test
  void shouldCountOnlyThePoolsOfTheOwnerThatAreNotClosed() {
    PoolId id = rows.newPoolId();
    added(id);
    rows.openPool(10, 1);

    assertThat(open(TestRows.OWNER)).isEqualTo(2);
    assertThat(open(TestRows.OTHER)).isZero();

    move(id, PoolState.OPENING, PoolState.CLOSED, "gone");
    assertThat(open(TestRows.OWNER)).isEqualTo(1);
  }

  @Test
  void shouldMoveAlongTheTableAndRaiseTheVersion() {
    PoolId id = rows.openPool(10, 1);

    assertThat(move(id, PoolState.OPEN, PoolState.CLOSING, "by its owner")).isTrue();

    Pool pool = read(id);
    assertThat(pool.state()).isEqualTo(PoolState.CLOSING);
    assertThat(pool.stateReason()).isEqualTo("by its owner");
    assertThat(pool.version()).isEqualTo(1);
  }

  @Test
  void shouldPauseResumeCompleteAndClose() {
    PoolId id = rows.openPool(10, 1);

    assertThat(move(id, PoolState.OPEN, PoolState.PAUSED, "tea")).isTrue();
    assertThat(move(id, PoolState.PAUSED, PoolState.OPEN, "on")).isTrue();
    assertThat(move(id, PoolState.OPEN, PoolState.COMPLETED, "done")).isTrue();
    assertThat(move(id, PoolState.COMPLETED, PoolState.CLOSED, "sent home")).isTrue();
    assertThat(read(id).closedAt()).isEqualTo(NOW);
  }

  @Test
  void shouldMoveNothingWhenSomebodyElseWasFaster() {
    PoolId id = rows.openPool(10, 1);
    move(id, PoolState.OPEN, PoolState.CLOSING, "first");

    assertThat(move(id, PoolState.OPEN, PoolState.CLOSING, "second")).isFalse();
    assertThat(read(id).stateReason()).isEqualTo("first");
  }

  @Test
  void shouldRefuseAMoveThatTheTableDoesNotHave() {
    PoolId id = rows.openPool(10, 1);

    assertThatThrownBy(() -> move(id, PoolState.OPEN, PoolState.OPENING, "back"))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("illegal-transition"));
    assertThat(read(id).state()).isEqualTo(PoolState.OPEN);
  }

  @Test
  void shouldSeeWhatTheKingWroteBySqlWhenItReadBefore() {
    PoolId id = rows.openPool(10, 1);
    read(id);
    rows.run("update pool set deposited = 99, version = version + 1 where id = ?", id.value());

    assertThat(read(id).deposited()).isEqualTo(new TokenAmount(BigInteger.valueOf(99)));
  }

  @Test
  void shouldSayThatTheRowIsThereWhenAnIdIsUsedTwice() {
    PoolId id = rows.newPoolId();
    added(id);

    assertThatThrownBy(() -> added(id))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("row-changed"));
  }
}
