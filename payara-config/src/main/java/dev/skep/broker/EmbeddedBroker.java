package dev.skep.broker;

import com.sun.messaging.jmq.jmsserver.Globals;
import com.sun.messaging.jmq.jmsserver.service.Connection;
import com.sun.messaging.jmq.jmsserver.util.BrokerException;
import com.sun.messaging.jmq.util.GoodbyeReason;
import com.sun.messaging.jmq.util.ServiceType;
import dev.skep.broker.guard.Doorman;
import dev.skep.broker.guard.Guard;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;
import javax.management.Attribute;
import javax.management.AttributeList;
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
  private static final String BROKER_LOG = "imq.log.Logger";
  private static final String STRING = String.class.getName();
  private static final String ATTRIBUTES = AttributeList.class.getName();

  private volatile @Nullable Guard guard;

  @Override
  public void createQueue(String name) {
    if (!queues().contains(name)) {
      manage("create", new Object[] {QUEUE, name, limits()}, STRING, STRING, ATTRIBUTES);
    }
  }

  @Override
  public void deleteQueue(String name) {
    if (queues().contains(name)) {
      manage("destroy", new Object[] {QUEUE, name}, STRING, STRING);
    }
  }

  /** What is refused is sent again by its sender; a queue that is full must not stop the others. */
  private static AttributeList limits() {
    AttributeList limits = new AttributeList();
    limits.add(new Attribute("MaxNumMsgs", 50_000L));
    limits.add(new Attribute("MaxTotalMsgBytes", 64L * 1024 * 1024));
    limits.add(new Attribute("LimitBehavior", "REJECT_NEWEST"));
    limits.add(new Attribute("UseDMQ", false));
    return limits;
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
      if (sessionOf(connection).filter(session::equals).isPresent()) {
        connection.destroyConnection(true, GoodbyeReason.ADMIN_KILLED_CON, reason);
      }
    }
  }

  @Override
  public void guard(Doorman doorman) {
    Logger.getLogger(BROKER_LOG).setFilter(new LogLimit());
    guard = Guard.before(Globals.getPacketRouter(ServiceType.NORMAL), doorman);
  }

  @Override
  public void setGuard(boolean on) {
    Objects.requireNonNull(guard, "no guard yet").setOn(on);
  }

  @Override
  public String spkiSha256() {
    String folder = Globals.getConfig().getProperty("imq.keystore.file.dirpath");
    String name = Globals.getConfig().getProperty("imq.keystore.file.name");
    String password = Globals.getConfig().getProperty("imq.keystore.password");
    return BrokerCertificate.spkiSha256(new File(folder, name), password.toCharArray());
  }

  /**
   * The session that opened a connection; empty for the queen's, for one not signed in yet, and for
   * one that has gone, which the broker may list as null.
   */
  static Optional<UUID> sessionOf(@Nullable Connection connection) {
    if (connection == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          SessionPrincipal.sessionOf(connection.getAccessController().getAuthenticatedSubject()));
    } catch (BrokerException notSignedIn) {
      return Optional.empty();
    }
  }

  private static void manage(String operation, Object[] arguments, String... signature) {
    try {
      server().invoke(manager(), operation, arguments, signature);
    } catch (JMException e) {
      throw new IllegalStateException(
          "The broker refused to " + operation + " queue " + arguments[1], e);
    }
  }

  private static ObjectName manager() throws JMException {
    return new ObjectName(DOMAIN + ":type=DestinationManager,subtype=Config");
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
