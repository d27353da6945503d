package dev.skep.provider.jms;

import com.sun.messaging.ConnectionConfiguration;
import com.sun.messaging.ConnectionFactory;
import dev.skep.protocol.SkepException;
import dev.skep.provider.connection.ConnectorLink;
import dev.skep.provider.connection.LinkDialer;
import dev.skep.provider.connection.LinkListener;
import dev.skep.provider.connection.LinkProblem;
import dev.skep.provider.connection.SessionGrant;
import dev.skep.provider.tls.PinnedTrust;
import dev.skep.provider.tls.SpkiPin;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Dials the queen's broker over {@code mqssl}. */
public final class JmsLinkDialer implements LinkDialer {
  private static final Object DEFAULT_CONTEXT = new Object();

  /** A dead broker is noticed after about half a minute; no call waits for ever. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          ConnectionConfiguration.imqSSLIsHostTrusted,
          "false",
          ConnectionConfiguration.imqReconnectEnabled,
          "false",
          ConnectionConfiguration.imqAddressListIterations,
          "1",
          ConnectionConfiguration.imqPingInterval,
          "10",
          "imqPingAckTimeout",
          "20000",
          "imqAbortOnPingAckTimeout",
          "true",
          "imqSocketConnectTimeout",
          "10000",
          ConnectionConfiguration.imqAckTimeout,
          "30000");

  @Override
  public ConnectorLink dial(SessionGrant grant, LinkListener listener) {
    if (!grant.door().url().matches("mqssl://[A-Za-z0-9.:\\[\\]-]+/ssljms")) {
      throw LinkProblem.refused("its address " + grant.door().url() + " is not mqssl");
    }
    PinnedTrust trust = new PinnedTrust(grant.door().pin());
    try {
      Connection connection = connect(grant, trust);
      return JmsLink.open(connection, grant, listener);
    } catch (JMSSecurityException e) {
      throw LinkProblem.refused("" + e.getMessage()).causedBy(e);
    } catch (JMSException e) {
      throw explain(e, trust);
    }
  }

  private static SkepException explain(JMSException e, PinnedTrust trust) {
    return trust
        .stranger()
        .map(key -> LinkProblem.refused("it shows the key " + key + ", not the pinned one"))
        .orElseGet(() -> LinkProblem.lost("" + e.getMessage()))
        .causedBy(e);
  }

  /**
   * The client library takes its socket factory from the JVM's default context and has no other way
   * in, so that one is exchanged while the socket is made.
   */
  private static Connection connect(SessionGrant grant, PinnedTrust trust) throws JMSException {
    ConnectionFactory factory = factory(grant);
    synchronized (DEFAULT_CONTEXT) {
      SSLContext before = defaultContext();
      SSLContext.setDefault(SpkiPin.context(trust));
      try {
        return factory.createConnection(grant.door().user(), grant.door().password());
      } finally {
        SSLContext.setDefault(before);
      }
    }
  }

  private static SSLContext defaultContext() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static ConnectionFactory factory(SessionGrant grant) throws JMSException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setProperty(ConnectionConfiguration.imqAddressList, grant.door().url());
    for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
      factory.setProperty(setting.getKey(), setting.getValue());
    }
    return factory;
  }
}
