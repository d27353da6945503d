package dev.skep.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.broker.guard.Doorman;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BrokerSessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String WALLET = "0x" + "ab".repeat(20);
  private static final String TOKEN = "token";
  private static final String TOKEN_SHA256 =
      "3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0";

  private final FakeBroker broker = new FakeBroker();
  private final BrokerSessions sessions =
      new BrokerSessions(broker, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void shouldFindTheSessionOfWhoKnowsTheToken() {
    BrokerSession session = open(WALLET, NOW.plusSeconds(1));

    assertThat(sessions.signIn(WALLET, TOKEN)).contains(session);
    assertThat(sessions.signIn(WALLET, TOKEN + "x")).isEmpty();
    assertThat(sessions.signIn("0x" + "cd".repeat(20), TOKEN)).isEmpty();
  }

  @Test
  void shouldNotFindASessionWhenItsTimeIsOver() {
    BrokerSession session = open(WALLET, NOW);

    assertThat(sessions.signIn(WALLET, TOKEN)).isEmpty();
    assertThat(sessions.session(session.id())).isEmpty();
    assertThat(sessions.closeExpired()).containsExactly(session.id());
    assertThat(broker.queues).isEmpty();
  }

  @Test
  void shouldRevokeBeforeItDisconnectsAndDeletesWhenClosed() {
    BrokerSession session = open(WALLET, NOW.plusSeconds(1));
    broker.onDisconnect = () -> assertThat(sessions.signIn(WALLET, TOKEN)).isEmpty();

    assertThat(sessions.close(session.id(), "enough")).isTrue();

    assertThat(broker.deeds).endsWith("disconnect " + session.id(), "delete " + session.inbox());
    assertThat(sessions.close(session.id(), "enough")).isFalse();
  }

  @Test
  void shouldEndEverySessionOfAWalletAndRefuseNewOnesWhenBanned() {
    BrokerSession one = open(WALLET, NOW.plusSeconds(1));
    BrokerSession two = open(WALLET, NOW.plusSeconds(1));
    BrokerSession other = open("0x" + "cd".repeat(20), NOW.plusSeconds(1));

    assertThat(sessions.ban(WALLET, "cheated")).containsExactlyInAnyOrder(one.id(), two.id());

    assertThat(broker.queues).containsExactly(other.inbox());
    assertThatThrownBy(() -> open(WALLET, NOW.plusSeconds(1))).hasMessageContaining("banned");
    sessions.unban(WALLET);
    assertThat(open(WALLET, NOW.plusSeconds(1))).isNotNull();
  }

  @Test
  void shouldSweepInboxesOfNoSessionOnly() {
    BrokerSession session = open(WALLET, NOW.plusSeconds(1));
    broker.queues.add("inbox." + "0".repeat(32));
    broker.queues.add(BrokerNames.PULL);

    assertThat(sessions.sweepInboxes()).isEqualTo(1);

    assertThat(broker.queues).containsExactlyInAnyOrder(session.inbox(), BrokerNames.PULL);
  }

  @Test
  void shouldPlaceTheGuardBeforeTheFirstSession() {
    open(WALLET, NOW.plusSeconds(1));
    open(WALLET, NOW.plusSeconds(1));

    assertThat(broker.deeds).containsOnlyOnce("guard", "guard on");
    assertThat(broker.deeds.indexOf("guard on")).isEqualTo(1);
  }

  @Test
  void shouldRefuseToSwitchTheGuardWhenThisIsNoLaboratory() {
    assertThatThrownBy(() -> sessions.setGuard(false)).isInstanceOf(IllegalStateException.class);
  }

  private BrokerSession open(String user, Instant expiresAt) {
    String inbox = "inbox." + UUID.randomUUID().toString().replace("-", "");
    BrokerSession session =
        new BrokerSession(
            UUID.randomUUID(), user, TOKEN_SHA256, inbox, "skep.results.node1", expiresAt);
    sessions.open(session);
    sessions.createInbox(inbox);
    return session;
  }

  /** Remembers what was asked of it, in order. */
  private static final class FakeBroker implements BrokerControl {
    private final TreeSet<String> queues = new TreeSet<>();
    private final List<String> deeds = new ArrayList<>();
    private Runnable onDisconnect = () -> {};

    @Override
    public void createQueue(String name) {
      queues.add(name);
    }

    @Override
    public void deleteQueue(String name) {
      deeds.add("delete " + name);
      queues.remove(name);
    }

    @Override
    public List<String> queues() {
      return List.copyOf(queues);
    }

    @Override
    public void disconnect(UUID session, String reason) {
      deeds.add("disconnect " + session);
      onDisconnect.run();
    }

    @Override
    public void guard(Doorman doorman) {
      deeds.add("guard");
    }

    @Override
    public void setGuard(boolean on) {
      deeds.add("guard " + (on ? "on" : "off"));
    }

    @Override
    public String spkiSha256() {
      return "";
    }
  }
}
