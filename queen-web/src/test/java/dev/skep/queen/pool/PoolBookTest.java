package dev.skep.queen.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolBookTest {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "a1".repeat(20));
  private static final WalletAddress OTHER = WalletAddress.parse("0x" + "b2".repeat(20));

  private final FakePools pools = new FakePools();
  private final PoolBook book = new PoolBook();
  private PoolId id;

  @BeforeEach
  void setUp() {
    book.pools = pools;
    book.listings = pools;
    book.ids = Uuid7.system();
    book.secrets = new PoolSecrets();
    NewPool asked = NewPool.read(PoolRequest.bytes(PoolRequest.right()), true);
    id = book.open(OWNER, asked).id();
  }

  @Test
  void shouldWaitForTheDeposit() {
    assertThat(state()).isEqualTo(PoolState.OPENING);
  }

  @Test
  void shouldCloseAnUnfundedPoolAtOnce() {
    book.close(id, OWNER);
    assertThat(state()).isEqualTo(PoolState.CLOSED);
  }

  @Test
  void shouldLetRunningJobsEndBeforeItIsClosed() {
    pools.force(id, PoolState.OPEN);
    book.close(id, OWNER);
    assertThat(state()).isEqualTo(PoolState.CLOSING);

    book.close(id, OWNER);
    assertThat(state()).isEqualTo(PoolState.CLOSING);

    pools.settled = id;
    book.closeSettled();
    assertThat(state()).isEqualTo(PoolState.CLOSED);
  }

  @Test
  void shouldPauseAndResumeAnOpenPoolOnly() {
    assertThat(refusal(() -> book.pause(id, OWNER))).isEqualTo("pool-not-open");

    pools.force(id, PoolState.OPEN);
    book.pause(id, OWNER);
    book.pause(id, OWNER);
    assertThat(state()).isEqualTo(PoolState.PAUSED);

    book.resume(id, OWNER);
    assertThat(state()).isEqualTo(PoolState.OPEN);

    book.pause(id, OWNER);
    book.close(id, OWNER);
    assertThat(state()).isEqualTo(PoolState.CLOSING);
    assertThat(refusal(() -> book.resume(id, OWNER))).isEqualTo("pool-not-open");
  }

  @Test
  void shouldLeaveACompletedPoolToItsRefund() {
    pools.force(id, PoolState.COMPLETED);
    book.close(id, OWNER);
    assertThat(state()).isEqualTo(PoolState.COMPLETED);

    pools.settled = id;
    book.closeSettled();
    assertThat(state()).isEqualTo(PoolState.CLOSED);
  }

  @Test
  void shouldRefuseStrangers() {
    assertThat(refusal(() -> book.close(id, OTHER))).isEqualTo("not-pool-owner");
    assertThat(refusal(() -> book.pause(id, OTHER))).isEqualTo("not-pool-owner");
    assertThat(refusal(() -> book.resume(id, OTHER))).isEqualTo("not-pool-owner");
  }

  @Test
  void shouldSayThatAPoolDoesNotExist() {
    PoolId unknown = new PoolId(Uuid7.system().next());
    assertThat(refusal(() -> book.show(unknown))).isEqualTo("pool-not-found");
  }

  private PoolState state() {
    return book.show(id).standing().state();
  }

  private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(SkepException.class, call).code();
  }
}
