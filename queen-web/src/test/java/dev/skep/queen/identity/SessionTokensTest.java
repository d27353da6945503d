package dev.skep.queen.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Caller;
import dev.skep.queen.rest.Role;
import dev.skep.queen.settings.TestClock;
import dev.skep.queen.settings.TestSettings;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTokensTest {
  private static final WalletAddress ALICE = WalletAddress.parse("0x" + "a1".repeat(20));

  private final TestClock clock = new TestClock();
  private final FakeSessions sessions = new FakeSessions();
  private final SessionTokens tokens = new SessionTokens();
  private final String token = Secrets.token();

  @BeforeEach
  void setUp() {
    tokens.sessions = sessions;
    tokens.settings = TestSettings.local();
    tokens.clock = clock;
    open(ALICE, token);
  }

  @Test
  void shouldNameTheCaller() {
    Caller caller = tokens.resolve(token).orElseThrow();
    assertThat(caller.address()).isEqualTo(ALICE);
    assertThat(caller.roles()).containsExactly(Role.CLIENT);
  }

  @Test
  void shouldMakeConfiguredWalletsOperators() {
    String second = Secrets.token();
    open(TestSettings.OPERATOR, second);
    assertThat(tokens.resolve(second).orElseThrow().has(Role.OPERATOR)).isTrue();
  }

  @Test
  void shouldAskTheRowsOnceInThirtySeconds() {
    tokens.resolve(token);
    clock.pass(Duration.ofSeconds(29));
    tokens.resolve(token);
    assertThat(sessions.lookUps).isEqualTo(1);

    clock.pass(Duration.ofSeconds(2));
    tokens.resolve(token);
    assertThat(sessions.lookUps).isEqualTo(2);
  }

  @Test
  void shouldForgetARevokedSessionAtOnce() {
    tokens.revoke(tokens.resolve(token).orElseThrow().session());
    assertThat(tokens.resolve(token)).isEmpty();
  }

  @Test
  void shouldForgetABannedWalletAtOnce() {
    tokens.resolve(token);
    tokens.revokeAll(ALICE);
    assertThat(tokens.resolve(token)).isEmpty();
  }

  @Test
  void shouldEndWithTheSessionThoughTheCacheIsFresh() {
    clock.pass(Duration.ofMinutes(59).plusSeconds(50));
    assertThat(tokens.resolve(token)).isPresent();
    clock.pass(Duration.ofSeconds(11));
    assertThat(tokens.resolve(token)).isEmpty();
  }

  @Test
  void shouldNotEvenLookUpWhatCannotBeAToken() {
    assertThat(tokens.resolve("' or 1=1 --")).isEmpty();
    assertThat(sessions.lookUps).isZero();
  }

  private void open(WalletAddress address, String secret) {
    Session session =
        new Session(
            UUID.randomUUID(),
            address,
            SessionRole.CLIENT,
            clock.instant().plus(Duration.ofHours(1)));
    sessions.open(session, Secrets.sha256(secret));
  }
}
