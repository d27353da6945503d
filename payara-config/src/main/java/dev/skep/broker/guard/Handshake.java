package dev.skep.broker.guard;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.jmsserver.data.PacketHandler;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQBasicConnection;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQConnection;
import com.sun.messaging.jmq.jmsserver.util.BrokerException;

/**
 * Stands before the broker's handlers of the packets that need no sign-in (hello, authenticate,
 * ping, goodbye), and puts each connection under the guard with its first one.
 */
final class Handshake extends PacketHandler {
  private final PacketHandler broker;
  private final Guard guard;

  Handshake(PacketHandler broker, Guard guard) {
    this.broker = broker;
    this.guard = guard;
    setCoreLifecycle(broker.getCoreLifecycle());
  }

  @Override
  public boolean handle(IMQConnection connection, Packet packet) throws BrokerException {
    ((IMQBasicConnection) connection).setPacketRouter(guard.router());
    if (!guard.admits(connection, packet, () -> check(connection, packet))) {
      return true;
    }
    boolean before = connection.isAuthenticated();
    boolean free = broker.handle(connection, packet);
    if (!before && connection.isAuthenticated()) {
      guard.signedIn(connection);
    }
    return free;
  }

  private static void check(IMQConnection connection, Packet packet) throws Violation {
    PacketBytes.checkFormat(connection, packet);
    boolean signedIn = connection.isAuthenticated();
    switch (packet.getPacketType()) {
      case PacketType.HELLO -> PacketRules.checkHello(packet, signedIn);
      case PacketType.AUTHENTICATE -> Violation.when(signedIn, "a second sign-in");
      default -> {}
    }
  }
}
