package dev.skep.broker;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may use the broker right now. The queen writes it, the broker's plug-in reads it; both run in
 * one JVM and share this class, so a change counts from the next packet on. Thread-safe; nothing
 * here is stored.
 */
public final class BrokerSessions {
  private static final String LAB = "skep.broker.attack-lab";
  private static final String SWITCH = "skep.broker.guard";

  private static final BrokerSessions SHARED =
      new BrokerSessions(new EmbeddedBroker(), Clock.systemUTC());

  private final BrokerControl broker;
  private final Clock clock;
  private final Map<UUID, BrokerSession> open = new ConcurrentHashMap<>();
  private final Set<String> banned = ConcurrentHashMap.newKeySet();

  private final SessionDoorman doorman = new SessionDoorman(this);
  private boolean guarded;
  private boolean prepared;

  BrokerSessions(BrokerControl broker, Clock clock) {
    this.broker = broker;
    this.clock = clock;
  }

  /** The sessions of the broker in this JVM. */
  public static BrokerSessions get() {
    return SHARED;
  }

  /**
   * Lets a connector in from now on. Its inbox must exist ({@link #createInbox}) before the
   * connector may use it.
   *
   * @throws IllegalStateException when the wallet is banned or the session is open already
   */
  public void open(BrokerSession session) {
    guard();
    if (open.putIfAbsent(session.id(), session) != null) {
      throw new IllegalStateException("Session " + session.id() + " is open already");
    }
    // After the put: a ban that comes in between finds the session, or we find the ban.
    if (banned.contains(session.user())) {
      open.remove(session.id());
      throw new IllegalStateException("Wallet " + session.user() + " is banned");
    }
  }

  /** Ends a session at once: token, then connection, then inbox. Says whether it was open. */
  public boolean close(UUID id, String reason) {
    BrokerSession session = open.remove(id);
    if (session == null) {
      return false;
    }
    doorman.forget(id);
    broker.disconnect(id, reason);
    broker.deleteQueue(session.inbox());
    return true;
  }

  /**
   * Throws a wallet out and keeps it out until {@link #unban} or a restart. Returns the sessions
   * that were ended.
   */
  public List<UUID> ban(String user, String reason) {
    BrokerNames.requireAddress(user);
    banned.add(user);
    List<UUID> theirs = sessionsOf(user);
    theirs.forEach(id -> close(id, reason));
    return theirs;
  }

  /** Lets a wallet sign in again. */
  public void unban(String user) {
    banned.remove(user);
  }

  /**
   * Ends the sessions whose time is over; to be called now and then. Returns the sessions that were
   * ended.
   */
  public List<UUID> closeExpired() {
    Instant now = clock.instant();
    List<UUID> over =
        open.values().stream().filter(s -> s.expiredAt(now)).map(BrokerSession::id).toList();
    over.forEach(id -> close(id, "session expired"));
    return over;
  }

  /**
   * Makes the queues that the queen reads: {@code skep.pull} and the results of a node. To be
   * called at start, before anybody consumes them.
   */
  public void createQueues(String resultsQueue) {
    BrokerNames.requireResults(resultsQueue);
    broker.createQueue(BrokerNames.PULL);
    broker.createQueue(resultsQueue);
  }

  /**
   * Makes the queue of a session to come. A send to an inbox that was never made, or is deleted,
   * fails at once.
   */
  public void createInbox(String name) {
    BrokerNames.requireInbox(name);
    broker.createQueue(name);
  }

  /** Deletes an inbox with all that lies in it; one that is not there is no error. */
  public void deleteInbox(String name) {
    BrokerNames.requireInbox(name);
    broker.deleteQueue(name);
  }

  /**
   * Deletes every inbox that belongs to no open session: what an earlier run of the server left
   * behind. Returns how many.
   */
  public int sweepInboxes() {
    Set<String> inUse = ConcurrentHashMap.newKeySet();
    open.values().forEach(session -> inUse.add(session.inbox()));
    List<String> left =
        broker.queues().stream()
            .filter(BrokerNames::isInbox)
            .filter(name -> !inUse.contains(name))
            .toList();
    left.forEach(broker::deleteQueue);
    return left.size();
  }

  /**
   * SHA-256 over the SubjectPublicKeyInfo of the certificate that the broker shows on its TLS port,
   * 64 lower-case hexadecimal digits; connectors pin it.
   */
  public String spkiSha256() {
    return broker.spkiSha256();
  }

  /** How often the guard destroyed a connection since the start. */
  public long violations() {
    return doorman.violations();
  }

  /**
   * Switches the packet guard off or on, to show what it is for. Works only in a server started
   * with {@code -Dskep.broker.attack-lab=true}.
   */
  public void setGuard(boolean on) {
    if (!Boolean.getBoolean(LAB)) {
      throw new IllegalStateException(
          "The guard can be switched in the attack laboratory only (" + LAB + ")");
    }
    guard();
    broker.setGuard(on);
  }

  /** Puts the guard in place with the first call; the broker must be running. */
  synchronized void guard() {
    if (!guarded) {
      broker.guard(doorman);
      broker.setGuard(!(Boolean.getBoolean(LAB) && "off".equals(System.getProperty(SWITCH))));
      guarded = true;
    }
  }

  /**
   * Before the first sign-in: the guard, and the queues that the queen's message-driven beans
   * consume from the moment the application is loaded.
   */
  synchronized void prepare(String resultsQueue) {
    if (!prepared) {
      guard();
      createQueues(resultsQueue);
      prepared = true;
    }
  }

  /** The open session of a user that knows its password. */
  Optional<BrokerSession> signIn(String user, String password) {
    Instant now = clock.instant();
    return open.values().stream()
        .filter(session -> session.user().equals(user) && !session.expiredAt(now))
        .filter(session -> new PasswordHash(session.passwordSha256()).isOf(password))
        .findFirst();
  }

  Optional<BrokerSession> session(UUID id) {
    return Optional.ofNullable(open.get(id)).filter(s -> !s.expiredAt(clock.instant()));
  }

  private List<UUID> sessionsOf(String user) {
    return open.values().stream()
        .filter(s -> s.user().equals(user))
        .map(BrokerSession::id)
        .toList();
  }
}
