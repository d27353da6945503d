package dev.skep.system.broker;

import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.io.ReadWritePacket;
import com.sun.messaging.jmq.io.SysMessageID;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Hashtable;
import java.util.Map;

/** The packets an attacker writes by hand. */
@SuppressWarnings({"JdkObsolete", "unchecked"}) // The broker's packets carry raw hash tables.
final class Packets {
  static final int QUEUE = 1;

  /** The bit that makes the broker skip its own check of who may touch the destination. */
  static final int TEMPORARY = 0x10;

  private Packets() {}

  static ReadWritePacket hello(Map<String, ?> more) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("JMQProtocolLevel", PacketType.VERSION500);
    properties.put("JMQVersion", "6.5.1");
    properties.put("JMQRBufferSize", 1_000);
    properties.put("JMQReconnectable", false);
    properties.putAll(more);
    return of(PacketType.HELLO, properties);
  }

  static ReadWritePacket authenticate(String user, String password) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeUTF(user);
    out.writeUTF(Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
    ReadWritePacket packet = of(PacketType.AUTHENTICATE, Map.of("JMQAuthType", "basic"));
    packet.setMessageBody(body.toByteArray());
    return packet;
  }

  /** A packet about a destination, in a session. */
  static ReadWritePacket about(int type, String queue, int bits, long session) {
    return of(
        type,
        Map.of(
            "JMQDestination", queue, "JMQDestType", bits, "JMQSessionID", session, "JMQSize", 10));
  }

  static ReadWritePacket of(int type, Map<String, ?> properties) {
    ReadWritePacket packet = new ReadWritePacket();
    packet.setPacketType(type);
    packet.setProperties(new Hashtable<>(properties));
    return packet;
  }

  /** The same packet with one property more. */
  static ReadWritePacket with(ReadWritePacket packet, String name, Object value)
      throws IOException {
    try {
      Hashtable<String, Object> properties = new Hashtable<>();
      packet.getProperties().forEach((key, old) -> properties.put((String) key, old));
      properties.put(name, value);
      packet.setProperties(properties);
      return packet;
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  static ReadWritePacket message(String queue, String text) {
    ReadWritePacket packet = new ReadWritePacket();
    packet.setPacketType(PacketType.BYTES_MESSAGE);
    packet.setIsQueue(true);
    packet.setDestination(queue);
    packet.setMessageBody(text.getBytes(StandardCharsets.UTF_8));
    return packet;
  }

  /** Names a consumer and a message: acknowledges, declares dead, or asks for again. */
  static ReadWritePacket naming(
      int type, Map<String, ?> properties, long consumer, SysMessageID message) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeLong(consumer);
    message.writeID(out);
    ReadWritePacket packet = of(type, properties);
    packet.setMessageBody(body.toByteArray());
    return packet;
  }

  static boolean isMessage(ReadWritePacket packet) {
    return packet.getPacketType() >= PacketType.TEXT_MESSAGE
        && packet.getPacketType() <= PacketType.MESSAGE;
  }
}
