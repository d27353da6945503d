package dev.skep.broker;

import com.sun.messaging.jmq.jmsserver.Globals;
import com.sun.messaging.jmq.jmsserver.service.Connection;
import com.sun.messaging.jmq.jmsserver.util.BrokerException;
import com.sun.messaging.jmq.util.GoodbyeReason;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The broker inside this JVM: queues through its MBeans, connections through its own connection
 * list.
 */
final class EmbeddedBroker implements BrokerControl {
  private static final String DOMAIN = "com.sun.messaging.jms.server";
  private static final String QUEUE = "q";
  private static final String STRING = String.class.getName();

  @Override
  public void createQueue(String name) {
    if (!queues().contains(name)) {
      manage("create", name);
    }
  }

  @Override
  public void deleteQueue(String name) {
    if (queues().contains(name)) {
      manage("destroy", name);
    }
  }

  @Override
  public List<String> queues() {
    try {
      ObjectName[] found =
          (ObjectName[])
              server().invoke(manager(), "getDestinations", new Object[0], new String[0]);
      List<String> names = new ArrayList<>();
      for (ObjectName destination : found) {
        if (QUEUE.equals(destination.getKeyProperty("desttype"))) {
          names.add(ObjectName.unquote(destination.getKeyProperty("name")));
        }
      }
      return names;
    } catch (JMException e) {
      throw new IllegalStateException("The broker does not list its queues", e);
    }
  }

  @Override
  public void disconnect(UUID session, String reason) {
    for (Connection connection : Globals.getConnectionManager().getConnectionList(null)) {
      if (session.equals(sessionOf(connection))) {
        connection.destroyConnection(true, GoodbyeReason.ADMIN_KILLED_CON, reason);
      }
    }
  }

  @Override
  public String spkiSha256() {
    String folder = Globals.getConfig().getProperty("imq.keystore.file.dirpath");
    String name = Globals.getConfig().getProperty("imq.keystore.file.name");
    String password = Globals.getConfig().getProperty("imq.keystore.password");
    return BrokerCertificate.spkiSha256(new File(folder, name), password.toCharArray());
  }

  /**
   * The session that opened a connection; null for the queen's, for one that is not signed in yet,
   * and for one that has gone.
   */
  static @Nullable UUID sessionOf(Connection connection) {
    try {
      return SessionPrincipal.sessionOf(connection.getAccessController().getAuthenticatedSubject());
    } catch (BrokerException notSignedIn) {
      return null;
    }
  }

  private static void manage(String operation, String queue) {
    try {
      server()
          .invoke(manager(), operation, new Object[] {QUEUE, queue}, new String[] {STRING, STRING});
    } catch (JMException e) {
      throw new IllegalStateException("The broker refused to " + operation + " queue " + queue, e);
    }
  }

  private static ObjectName manager() throws JMException {
    return new ObjectName(DOMAIN + ":type=DestinationManager,subtype=Config");
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
