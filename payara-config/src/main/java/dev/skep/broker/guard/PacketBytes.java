package dev.skep.broker.guard;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketPayload;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQConnection;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQIPConnection;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a packet as it came over the wire; its raw properties are protected in the broker's
 * class.
 */
final class PacketBytes {
  private static final MethodHandle PAYLOAD = payload();

  private PacketBytes() {}

  /**
   * Lets only the newest wire format pass, with plain properties: older ones carry a serialized
   * Java object. A connection that began with the oldest version has its packets relabelled as new,
   * so the connection is asked as well.
   */
  static void checkFormat(IMQConnection connection, Packet packet) throws Violation {
    int version = connection instanceof IMQIPConnection ip ? ip.packetVersion : packet.getVersion();
    Violation.when(version != Packet.CURRENT_VERSION, "packets of version " + version);
    Violation.when(packet.getVersion() != version, "a packet of version " + packet.getVersion());
    ByteBuffer properties = properties(packet);
    if (properties != null) {
      PropertyBytes.check(properties);
    }
  }

  /** The property bytes of a packet of the current version; null when it has none. Not a copy. */
  private static @Nullable ByteBuffer properties(Packet packet) {
    try {
      PacketPayload payload = (PacketPayload) PAYLOAD.invokeExact(packet);
      return payload.getPropertiesBytes(Packet.CURRENT_VERSION);
    } catch (Throwable e) {
      throw new IllegalStateException("The broker's packets are not those of OpenMQ 6.5.1", e);
    }
  }

  private static MethodHandle payload() {
    try {
      return MethodHandles.privateLookupIn(Packet.class, MethodHandles.lookup())
          .findVirtual(
              Packet.class, "getPacketPayload", MethodType.methodType(PacketPayload.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
