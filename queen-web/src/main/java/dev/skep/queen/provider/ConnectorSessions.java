package dev.skep.queen.provider;

import dev.skep.broker.BrokerNames;
import dev.skep.broker.BrokerSession;
import dev.skep.broker.BrokerSessions;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.Machine;
import dev.skep.queen.dispatch.jms.Broker;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.dispatch.node.SessionEnds;
import dev.skep.queen.download.Skew;
import dev.skep.queen.operations.WalletBanned;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Opens and ends the sessions of connectors. A wallet has one session per machine: a new one takes
 * the old one's slots over and ends it.
 */
@ApplicationScoped
public class ConnectorSessions {
  static final Duration LIFE = Duration.ofHours(12);

  @Inject SessionRows rows;
  @Inject Node node;
  @Inject Broker broker;
  @Inject SessionEnds ends;
  @Inject QueenSettings settings;
  @Inject Skew skew;
  @Inject Uuid7 ids;
  @Inject Clock clock;

  /** What a connector gets once. */
  record Opened(SessionId id, SessionKeys keys, String resultsQueue, Instant expiresAt) {}

  Opened open(NewSession who) {
    skew.admit(who.software());
    SessionId id = new SessionId(ids.next());
    SessionKeys keys = SessionKeys.draw();
    Instant expiresAt = clock.instant().plus(LIFE);
    String results = BrokerNames.RESULTS_PREFIX + settings.node();
    List<SessionId> older = rows.openAt(who.provider(), who.machineId());
    rows.add(id, who, settings.node(), keys, expiresAt);
    openAtBroker(id, who.provider(), keys, results, expiresAt);
    broker.wires().open(id, keys.hmacKey(), keys.inbox());
    Machine machine = new Machine(who.provider(), who.machineId(), who.ip());
    node.dispatcher().join(id, machine, who.takesBlobs());
    older.forEach(ends::replaced);
    return new Opened(id, keys, results, expiresAt);
  }

  private void openAtBroker(
      SessionId id, WalletAddress user, SessionKeys keys, String results, Instant expiresAt) {
    BrokerSessions sessions = BrokerSessions.get();
    sessions.createInbox(keys.inbox());
    try {
      sessions.open(
          new BrokerSession(
              id.value(),
              user.value(),
              keys.passwordSha256Hex(),
              keys.inbox(),
              results,
              expiresAt));
    } catch (IllegalStateException banned) {
      sessions.deleteInbox(keys.inbox());
      ends.replaced(id);
      throw SkepException.of("wallet-banned", 403)
          .because("this wallet may not connect")
          .hint("Ask the operator of this queen.")
          .causedBy(banned);
    }
  }

  /** The open session with that password, which the broker asks for too. */
  public Optional<SessionId> ofPassword(String password) {
    return rows.ofPassword(SessionKeys.sha256(password));
  }

  /** The connector leaves: its slots are free, its attempts go elsewhere. */
  void leave(SessionId id, WalletAddress provider) {
    ends.end(require(id, provider).id(), SlotState.LEFT, "the connector left");
  }

  SessionRows.Found require(SessionId id, WalletAddress provider) {
    return rows.open(id, provider)
        .orElseThrow(
            () ->
                SkepException.of("session-not-found", 404)
                    .because("this wallet has no open session " + id)
                    .hint("Open one with POST /api/connector/sessions."));
  }

  /** A banned wallet is out of the broker already; its slots and attempts follow. */
  void banned(@Observes WalletBanned ban) {
    for (SessionId id : rows.openOf(ban.address())) {
      ends.end(id, SlotState.LOST, "banned: " + ban.reason());
    }
  }
}
