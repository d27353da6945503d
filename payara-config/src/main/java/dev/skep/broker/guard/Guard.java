package dev.skep.broker.guard;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.jmsserver.data.PacketHandler;
import com.sun.messaging.jmq.jmsserver.data.PacketRouter;
import com.sun.messaging.jmq.jmsserver.service.Connection;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQConnection;
import com.sun.messaging.jmq.util.GoodbyeReason;
import java.util.Optional;
import java.util.Set;

/**
 * Stands between the network and the broker's packet handlers. The queen's own connections are
 * inside the JVM and never pass here.
 *
 * <p>It rests on internal classes of OpenMQ 6.5.1; the attack tests show on every build that it
 * still holds.
 */
public final class Guard {
  private static final Set<Integer> BEFORE_SIGN_IN =
      Set.of(PacketType.HELLO, PacketType.AUTHENTICATE, PacketType.PING, PacketType.GOODBYE);

  private final Doorman doorman;
  private final GuardedRouter router;
  private volatile boolean on = true;

  private Guard(PacketRouter broker, Doorman doorman) {
    this.doorman = doorman;
    for (int type : BEFORE_SIGN_IN) {
      PacketHandler handler = broker.getHandler(type);
      broker.addHandler(type, new Handshake(handler, this));
    }
    this.router = new GuardedRouter(broker, this);
  }

  /**
   * Puts a guard before the router of the broker's ordinary (not administrative) services. To be
   * called once per router.
   */
  public static Guard before(PacketRouter broker, Doorman doorman) {
    return new Guard(broker, doorman);
  }

  /** Switched off, packets pass unseen. For the attack laboratory only. */
  public void setOn(boolean on) {
    this.on = on;
  }

  PacketRouter router() {
    return router;
  }

  static boolean needsNoSignIn(int packetType) {
    return BEFORE_SIGN_IN.contains(packetType);
  }

  Optional<Rights> rights(Connection connection) {
    return doorman.rights(connection);
  }

  void signedIn(Connection connection) {
    doorman.signedIn(connection);
  }

  /**
   * Whether the packet may go on to the broker; if not, its connection is gone when this returns.
   */
  boolean admits(IMQConnection connection, Packet packet, Check check) {
    if (!on) {
      return true;
    }
    try {
      check.run();
      return true;
    } catch (Violation violation) {
      String rule = String.valueOf(violation.getMessage());
      doorman.violated(connection, rule);
      connection.destroyConnection(true, GoodbyeReason.ADMIN_KILLED_CON, rule);
      packet.destroy();
      return false;
    }
  }

  /** What a packet must pass. */
  @FunctionalInterface
  interface Check {
    void run() throws Violation;
  }
}
