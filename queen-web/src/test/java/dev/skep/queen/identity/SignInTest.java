package dev.skep.queen.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.Uuid7;
import dev.skep.queen.settings.TestClock;
import dev.skep.queen.settings.TestSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInTest {
  private static final URI HERE = URI.create("http://localhost:8080/api/login/challenges");
  private static final Wallet ALICE = Wallet.fromPrivateKey(Hash32.parse("0x" + "a1".repeat(32)));
  private static final Wallet MALLORY = Wallet.fromPrivateKey(Hash32.parse("0x" + "b2".repeat(32)));

  private final TestClock clock = new TestClock();
  private final FakeSessions sessions = new FakeSessions();
  private SignIn signIn;

  @BeforeEach
  void setUp() {
    signIn = signInAt("http://localhost:8080", 31337);
  }

  private SignIn signInAt(String publicUrl, long chainId) {
    SignIn made = new SignIn();
    made.settings = TestSettings.at(publicUrl, chainId);
    made.origins = new Origins();
    made.origins.settings = made.settings;
    made.challenges = new FakeChallenges();
    made.sessions = sessions;
    made.clock = clock;
    made.ids = new Uuid7(clock, new Random(1));
    return made;
  }

  @Test
  void shouldOpenASessionForWhoSignedTheChallenge() {
    SignIn.Login login = login(ALICE, challenge());

    assertThat(login.session().address()).isEqualTo(ALICE.address());
    assertThat(login.token()).matches("[A-Za-z0-9_-]{43}");
    assertThat(sessions.find(Secrets.sha256(login.token()), clock.instant())).isPresent();
  }

  @Test
  void shouldRefuseTheSameChallengeTwice() {
    String message = challenge();
    login(ALICE, message);

    assertThat(refusal(ALICE, message)).isEqualTo("login-replayed");
  }

  @Test
  void shouldRefuseAnotherWalletsSignature() {
    assertThat(refusal(MALLORY, challenge())).isEqualTo("sign-in-refused");
  }

  @Test
  void shouldKeepTheChallengeGoodWhenAStrangerTriedIt() {
    String message = challenge();
    refusal(MALLORY, message);

    assertThat(login(ALICE, message).token()).isNotEmpty();
  }

  @Test
  void shouldRefuseANonceThatWasNotGivenOutHere() {
    String forged = challenge().replaceAll("Nonce: .*", "Nonce: " + "c".repeat(32));
    assertThat(refusal(ALICE, forged)).isEqualTo("challenge-unknown");
  }

  @Test
  void shouldRefuseAnExpiredChallenge() {
    String message = challenge();
    clock.pass(Duration.ofMinutes(6));
    assertThat(refusal(ALICE, message)).isEqualTo("sign-in-refused");
  }

  @Test
  void shouldRefuseALifeLongerThanWeGave() {
    String message = challenge();
    clock.pass(Duration.ofMinutes(6));
    String stretched =
        message.replaceAll("Expiration Time: .*", "Expiration Time: 2099-01-01T00:00:00Z");
    assertThat(refusal(ALICE, stretched)).isEqualTo("challenge-unknown");
  }

  @Test
  void shouldRefuseMessagesForAnotherSiteOrChain() {
    String message = challenge();
    assertThat(refusal(ALICE, message.replace("localhost:8080", "evil.example")))
        .isEqualTo("sign-in-refused");
    assertThat(refusal(ALICE, message.replace("Chain ID: 31337", "Chain ID: 1")))
        .isEqualTo("sign-in-refused");
  }

  @Test
  void shouldRefuseALoopbackSiteWhenTheQueenIsPublic() {
    signIn = signInAt("https://queen.example", 10);
    String local = challenge().replace("https://queen.example", "http://localhost:8080");
    assertThat(refusal(ALICE, local.replace("queen.example wants", "localhost:8080 wants")))
        .isEqualTo("sign-in-refused");
  }

  @Test
  void shouldNameTheListenerThatWasCalledWhenLocal() {
    String message =
        signIn.challenge(ALICE.address(), URI.create("https://127.0.0.1:8081/api/x")).message();

    assertThat(message)
        .startsWith("127.0.0.1:8081 wants")
        .contains("URI: https://127.0.0.1:8081\n");
    assertThat(login(ALICE, message).token()).isNotEmpty();
  }

  @Test
  void shouldNameThePublicUrlWhenTheHostHeaderLies() {
    String message =
        signIn.challenge(ALICE.address(), URI.create("http://evil.example/api/x")).message();
    assertThat(message).startsWith("localhost:8080 wants");
  }

  @Test
  void shouldRefuseBannedWallets() {
    sessions.banned.add(ALICE.address());
    assertThat(refusal(ALICE, challenge())).isEqualTo("wallet-banned");
  }

  private String challenge() {
    return signIn.challenge(ALICE.address(), HERE).message();
  }

  private SignIn.Login login(Wallet wallet, String message) {
    return signIn.login(message, wallet.signMessage(message).toString());
  }

  private String refusal(Wallet wallet, String message) {
    return catchThrowableOfType(SkepException.class, () -> login(wallet, message)).code();
  }
}
