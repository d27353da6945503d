package dev.skep.broker;

import java.security.Principal;
import java.util.UUID;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Ties a connection to the session whose token opened it; a wallet may have several, one per
 * machine.
 */
record SessionPrincipal(UUID session) implements Principal {

  @Override
  public String getName() {
    return session.toString();
  }

  static @Nullable UUID sessionOf(Subject subject) {
    return subject.getPrincipals(SessionPrincipal.class).stream()
        .map(SessionPrincipal::session)
        .findFirst()
        .orElse(null);
  }
}
