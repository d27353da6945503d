package dev.skep.broker;

import com.sun.messaging.jmq.jmsserver.service.Connection;
import com.sun.messaging.jmq.util.GoodbyeReason;
import dev.skep.broker.guard.Doorman;
import dev.skep.broker.guard.Rights;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Answers the guard from the sessions, and keeps one connection per session: the newest. */
final class SessionDoorman implements Doorman {
  /** An honest connector has none; a broken one signs in again and shows up in the queen's log. */
  static final int VIOLATIONS_PER_SESSION = 3;

  private static final System.Logger LOG = System.getLogger(SessionDoorman.class.getName());

  private final BrokerSessions sessions;
  private final Map<UUID, WeakReference<Connection>> newest = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> violationsBySession = new ConcurrentHashMap<>();
  private final AtomicLong violations = new AtomicLong();
  private final RateLimit logged = RateLimit.perMinute(20);

  SessionDoorman(BrokerSessions sessions) {
    this.sessions = sessions;
  }

  static Rights rightsOf(BrokerSession session) {
    return new Rights(session.inbox(), Set.of(BrokerNames.PULL, session.resultsQueue()));
  }

  @Override
  public Optional<Rights> rights(Connection connection) {
    return EmbeddedBroker.sessionOf(connection)
        .flatMap(sessions::session)
        .map(SessionDoorman::rightsOf);
  }

  @Override
  public void signedIn(Connection connection) {
    EmbeddedBroker.sessionOf(connection).ifPresent(session -> replace(session, connection));
  }

  private void replace(UUID session, Connection connection) {
    WeakReference<Connection> before = newest.put(session, new WeakReference<>(connection));
    Connection old = before == null ? null : before.get();
    if (old != null && old != connection) {
      old.destroyConnection(
          true, GoodbyeReason.ADMIN_KILLED_CON, "the session has a newer connection");
    }
    // The session may have been closed between the password check and this line.
    if (sessions.session(session).isEmpty()) {
      connection.destroyConnection(true, GoodbyeReason.ADMIN_KILLED_CON, "session closed");
    }
  }

  @Override
  public void violated(Connection connection, String rule) {
    violations.incrementAndGet();
    Optional<UUID> session = EmbeddedBroker.sessionOf(connection);
    if (logged.allows("violation")) {
      LOG.log(
          Level.WARNING,
          "Connection of session {0} closed: {1}",
          session.map(UUID::toString).orElse("none"),
          rule);
    }
    session.ifPresent(this::count);
  }

  private void count(UUID session) {
    if (violationsBySession.merge(session, 1, Integer::sum) >= VIOLATIONS_PER_SESSION) {
      sessions.close(session, "too many violations");
    }
  }

  void forget(UUID session) {
    newest.remove(session);
    violationsBySession.remove(session);
  }

  long violations() {
    return violations.get();
  }
}
