package dev.skep.broker.guard;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketPayload;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reaches the raw properties of a packet, which the broker's class keeps protected. */
final class PacketBytes {
  private static final MethodHandle PAYLOAD = payload();

  private PacketBytes() {}

  /** The property bytes of a packet of the current version; null when it has none. Not a copy. */
  static @Nullable ByteBuffer properties(Packet packet) {
    if (packet.getVersion() != Packet.CURRENT_VERSION) {
      return null; // Asking would make the broker convert, and so deserialize, the old format.
    }
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
