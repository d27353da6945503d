package dev.skep.system.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, for how long, and how fast one is out. */
class SignInIT {
  private static final LabServer SERVER = LabServer.shared();
  private static final Lab LAB = new Lab(SERVER);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @BeforeAll
  static void putTheGuardBack() {
    LAB.guard(true);
    LAB.drain();
  }

  @Test
  void shouldCarryOffersAndResultsWhenTheTokenIsGood() throws Exception {
    Provider provider = LAB.provider();

    try (HonestConnector connector = HonestConnector.of(SERVER, provider)) {
      LAB.send(provider.inbox(), "offer");
      assertThat(connector.receive(PATIENCE)).isEqualTo("offer");
      connector.send(Lab.PULL, "pull");
      assertThat(LAB.receive(Lab.PULL, PATIENCE)).isEqualTo("pull");
      connector.send(Lab.RESULTS, "result");
      assertThat(LAB.receive(Lab.RESULTS, PATIENCE)).isEqualTo("result");
    }
  }

  @Test
  void shouldRefuseWhenTheTokenIsWrong() {
    Provider provider = LAB.provider();

    assertRefused(provider, provider.user(), provider.token() + "x");
    assertRefused(provider, provider.user(), "");
  }

  @Test
  void shouldRefuseWhenTheTokenIsAnothers() {
    Provider provider = LAB.provider();

    assertRefused(provider, provider.user(), LAB.provider().token());
    assertRefused(provider, LAB.provider().user(), provider.token());
  }

  @Test
  void shouldRefuseWhenTheTokenIsExpired() {
    Provider provider = LAB.provider("0x" + "ab".repeat(20), Duration.ofSeconds(-1));

    assertRefused(provider, provider.user(), provider.token());
  }

  @Test
  void shouldEndAnOpenConnectionWhenItsTokenExpires() throws Exception {
    Provider provider = LAB.provider("0x" + "cd".repeat(20), Duration.ofSeconds(3));

    try (RawConnector connector = new RawConnector(SERVER, provider)) {
      assertThat(connector.isGoneWithin(Duration.ofSeconds(4))).isFalse();
      connector.send(Packets.message(Lab.RESULTS, "late"));
      assertThat(connector.isGoneWithin(PATIENCE)).isTrue();
    }
  }

  @Test
  void shouldRefuseWhenAStolenTokenIsUsedAfterItsSessionClosed() {
    Provider provider = LAB.provider();
    LAB.close(provider);

    assertRefused(provider, provider.user(), provider.token());
  }

  @ParameterizedTest
  @ValueSource(strings = {"guest", "admin", "queen", ""})
  void shouldRefuseWhenTheUserIsNoWallet(String user) {
    Provider provider = LAB.provider();

    List.of(
            "guest",
            "admin",
            SERVER.secret("broker_password"),
            SERVER.secret("broker_admin_password"))
        .forEach(password -> assertRefused(provider, user, password));
  }

  @Test
  void shouldKeepOnlyTheNewestConnectionWhenATokenIsUsedTwice() throws Exception {
    Provider provider = LAB.provider();

    try (HonestConnector first = HonestConnector.of(SERVER, provider);
        HonestConnector second = HonestConnector.of(SERVER, provider)) {
      assertThat(first.isLostWithin(PATIENCE)).isTrue();
      LAB.send(provider.inbox(), "offer");
      assertThat(second.receive(PATIENCE)).isEqualTo("offer");
    }
  }

  @Test
  void shouldServeBothWhenAWalletHasTwoSessions() throws Exception {
    Provider one = LAB.provider();
    Provider two = LAB.provider(one.user(), Duration.ofHours(1));

    try (HonestConnector first = HonestConnector.of(SERVER, one);
        HonestConnector second = HonestConnector.of(SERVER, two)) {
      LAB.send(one.inbox(), "for one");
      LAB.send(two.inbox(), "for two");
      assertThat(first.receive(PATIENCE)).isEqualTo("for one");
      assertThat(second.receive(PATIENCE)).isEqualTo("for two");
    }
  }

  @Test
  void shouldBeOutWithinASecondWhenBanned() throws Exception {
    Provider banned = LAB.provider();
    Provider other = LAB.provider();

    try (HonestConnector connector = HonestConnector.of(SERVER, banned);
        HonestConnector undisturbed = HonestConnector.of(SERVER, other)) {
      long begin = System.nanoTime();
      LAB.ban(banned);
      assertThat(connector.isLostWithin(Duration.ofSeconds(1))).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));

      assertThat(LAB.exists(banned.inbox())).isFalse();
      assertRefused(banned, banned.user(), banned.token());
      assertThatThrownBy(() -> LAB.provider(banned.user(), Duration.ofHours(1)))
          .hasMessageContaining("banned");
      LAB.send(other.inbox(), "offer");
      assertThat(undisturbed.receive(PATIENCE)).isEqualTo("offer");
    }
  }

  @Test
  void shouldFailAtOnceWhenTheQueenSendsToADeletedInbox() {
    Provider provider = LAB.provider();
    LAB.close(provider);

    assertThatThrownBy(() -> LAB.send(provider.inbox(), "offer"))
        .hasMessageContaining("unauthorized for create");
  }

  @Test
  void shouldRefuseEveryConsumerButOfTheOwnInboxWhenTheClientIsHonest() throws Exception {
    Provider provider = LAB.provider();

    for (String queue :
        List.of(LAB.provider().inbox(), Lab.PULL, Lab.RESULTS, "mq.sys.dmq", "nowhere")) {
      assertThatThrownBy(
              () ->
                  new HonestConnector(SERVER, LAB.provider().user(), provider.token(), queue)
                      .close())
          .isInstanceOf(JMSException.class);
    }
  }

  private static void assertRefused(Provider provider, String user, String password) {
    assertThatThrownBy(() -> new HonestConnector(SERVER, user, password, provider.inbox()).close())
        .isInstanceOf(JMSException.class);
  }
}
