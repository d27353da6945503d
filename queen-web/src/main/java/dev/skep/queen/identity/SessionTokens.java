package dev.skep.queen.identity;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Caller;
import dev.skep.queen.rest.Role;
import dev.skep.queen.rest.Tokens;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Bearer tokens behind a short cache, so that a job costs no query. A session revoked on this node
 * is gone at once, on another node within {@link #CACHE_LIFE}.
 */
@ApplicationScoped
public class SessionTokens implements Tokens {
  static final Duration CACHE_LIFE = Duration.ofSeconds(30);

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int MOST_ENTRIES = 20_000;

  private record Entry(Session session, Instant staleAt) {}

  private final Map<String, Entry> cache = new ConcurrentHashMap<>();

  @Inject Sessions sessions;
  @Inject QueenSettings settings;
  @Inject Clock clock;

  @Override
  public Optional<Caller> resolve(String token) {
    if (!FORM.matcher(token).matches()) {
      return Optional.empty();
    }
    byte[] hash = Secrets.sha256(token);
    String key = HexFormat.of().formatHex(hash);
    Entry entry = cache.get(key);
    Optional<Session> session =
        entry != null && clock.instant().isBefore(entry.staleAt())
            ? Optional.of(entry.session())
            : load(key, hash);
    return session.map(this::caller);
  }

  /** Unknown tokens are not remembered: guesses must not fill the memory. */
  private Optional<Session> load(String key, byte[] hash) {
    Instant now = clock.instant();
    Optional<Session> session = sessions.find(hash, now);
    if (cache.size() > MOST_ENTRIES) {
      cache.clear();
    }
    session.ifPresentOrElse(
        found -> cache.put(key, new Entry(found, staleAt(found, now))), () -> cache.remove(key));
    return session;
  }

  private static Instant staleAt(Session session, Instant now) {
    Instant stale = now.plus(CACHE_LIFE);
    return stale.isBefore(session.expiresAt()) ? stale : session.expiresAt();
  }

  public void revoke(UUID session) {
    sessions.revoke(session, clock.instant());
    cache.values().removeIf(entry -> entry.session().id().equals(session));
  }

  public void revokeAll(WalletAddress address) {
    sessions.revokeAll(address, clock.instant());
    cache.values().removeIf(entry -> entry.session().address().equals(address));
  }

  private Caller caller(Session session) {
    Set<Role> roles =
        EnumSet.of(session.role() == SessionRole.CONNECTOR ? Role.CONNECTOR : Role.CLIENT);
    if (settings.operators().contains(session.address())) {
      roles.add(Role.OPERATOR);
    }
    return new Caller(session.address(), roles, session.id());
  }
}
