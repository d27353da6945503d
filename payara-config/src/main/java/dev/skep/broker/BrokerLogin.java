package dev.skep.broker;

import com.sun.messaging.jmq.auth.api.server.model.UserRepository;
import java.io.File;
import java.util.Properties;
import java.util.UUID;
import javax.security.auth.Refreshable;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Who may sign in to the broker, and where: the queen inside the JVM, the administrator on the
 * loopback service, connectors with the token of their session on the TLS service. The broker makes
 * one of these per sign-in, by the name in its configuration.
 */
public final class BrokerLogin implements UserRepository {
  private static final String SECRETS = "imq.user_repository.skep.secrets";
  private static final String RESULTS = "imq.user_repository.skep.results";
  private static final String SERVICE = "imq.servicename";

  private String service = "";
  private String secrets = "";

  /** For the broker. */
  public BrokerLogin() {}

  @Override
  public void open(String type, Properties properties, @Nullable Refreshable cache) {
    BrokerSessions.get().prepare(properties.getProperty(RESULTS, ""));
    service = properties.getProperty(SERVICE, "");
    secrets = properties.getProperty(SECRETS, "");
  }

  /** The subject of the one who knows the password; null refuses. */
  @Override
  public @Nullable Subject findMatch(
      String user, Object password, @Nullable Object extra, String matchType) {
    return switch (BrokerRole.of(service)) {
      case QUEEN, ADMINISTRATOR -> findOwn(user, String.valueOf(password));
      case CONNECTOR -> findConnector(user, String.valueOf(password));
      case NOBODY -> null;
    };
  }

  private @Nullable Subject findOwn(String user, String password) {
    boolean known =
        user.equals(BrokerRole.of(service).user())
            && BrokerSecrets.read(new File(secrets)).matches(user, password);
    return known ? new Subject() : null;
  }

  private static @Nullable Subject findConnector(String user, String password) {
    return BrokerSessions.get()
        .signIn(user, password)
        .map(BrokerSession::id)
        .map(BrokerLogin::subject)
        .orElse(null);
  }

  private static Subject subject(UUID session) {
    Subject subject = new Subject();
    subject.getPrincipals().add(new SessionPrincipal(session));
    return subject;
  }

  @Override
  public @Nullable Refreshable getCacheData() {
    return null;
  }

  @Override
  public void close() {}
}
