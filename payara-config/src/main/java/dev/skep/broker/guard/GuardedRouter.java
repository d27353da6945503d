package dev.skep.broker.guard;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.jmsserver.data.PacketRouter;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQConnection;

/** The broker's router with the guard before it; each guarded connection is switched over to it. */
final class GuardedRouter extends PacketRouter {
  private final Guard guard;

  GuardedRouter(PacketRouter broker, Guard guard) {
    this.guard = guard;
    for (int type = 0; type < PacketType.LAST; type++) {
      addHandler(type, broker.getHandler(type));
    }
  }

  @Override
  public void handleMessage(IMQConnection connection, Packet packet) {
    if (Guard.needsNoSignIn(packet.getPacketType())
        || guard.admits(connection, packet, () -> check(connection, packet))) {
      super.handleMessage(connection, packet);
    }
  }

  private void check(IMQConnection connection, Packet packet) throws Violation {
    PacketBytes.checkFormat(connection, packet);
    Rights rights =
        guard.rights(connection).orElseThrow(() -> new Violation("a packet without a session"));
    new PacketRules(rights, new ConnectionHoldings(connection)).check(packet);
  }
}
