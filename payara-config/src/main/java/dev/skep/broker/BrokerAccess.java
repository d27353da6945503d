package dev.skep.broker;

import com.sun.messaging.jmq.auth.api.server.model.AccessControlModel;
import dev.skep.broker.guard.Rights;
import java.security.Principal;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What a signed-in user may do with a destination, as far as the broker asks. It asks too little,
 * which is why there is a guard as well; and it is the broker, not this class, that the {@link
 * AccessControlException} of old belongs to.
 */
@SuppressWarnings("removal") // The broker's interface demands java.security.AccessControlException.
public final class BrokerAccess implements AccessControlModel {
  /** For the broker. */
  public BrokerAccess() {}

  @Override
  public void initialize(String type, Properties properties) {}

  @Override
  public void load() {}

  @Override
  public void checkConnectionPermission(
      Principal user, String service, String serviceType, Subject subject) {
    boolean allowed =
        switch (BrokerRole.of(service)) {
          case QUEEN, ADMINISTRATOR -> user.getName().equals(BrokerRole.of(service).user());
          case CONNECTOR -> rights(subject).isPresent();
          case NOBODY -> false;
        };
    refuseUnless(allowed, user + " on service " + service);
  }

  @Override
  public void checkDestinationPermission(
      Principal user,
      String service,
      String serviceType,
      Subject subject,
      String operation,
      @Nullable String destination,
      String destinationType) {
    boolean allowed =
        destination != null
            && destinationType.equals("queue")
            && switch (BrokerRole.of(service)) {
              case QUEEN -> BrokerNames.isOurs(destination);
              case CONNECTOR ->
                  rights(subject).filter(r -> permits(r, operation, destination)).isPresent();
              case ADMINISTRATOR, NOBODY -> false;
            };
    refuseUnless(allowed, user.getName() + " to " + operation + " " + destination);
  }

  private static boolean permits(Rights rights, String operation, String queue) {
    return switch (operation) {
      case "consume" -> rights.inbox().equals(queue);
      case "produce" -> rights.outboxes().contains(queue);
      default -> false;
    };
  }

  private static Optional<Rights> rights(Subject subject) {
    UUID session = SessionPrincipal.sessionOf(subject);
    return session == null
        ? Optional.empty()
        : BrokerSessions.get().session(session).map(SessionDoorman::rightsOf);
  }

  private static void refuseUnless(boolean allowed, String what) {
    if (!allowed) {
      throw new java.security.AccessControlException("Not allowed: " + what);
    }
  }
}
