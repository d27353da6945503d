package dev.skep.system.broker;

import static dev.skep.system.broker.Packets.QUEUE;
import static dev.skep.system.broker.Packets.TEMPORARY;

import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.io.SysMessageID;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Two providers with sessions of their own, and the queen; one of them means ill. */
final class Stage implements AutoCloseable {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final LabServer server;
  private final Lab lab;
  private final Provider own;
  private final Provider victim;
  private final RawConnector attacker;
  private RawConnector holder;

  Stage(LabServer server, Lab lab) throws IOException {
    this.server = server;
    this.lab = lab;
    this.own = lab.provider();
    this.victim = lab.provider();
    this.attacker = new RawConnector(server, own);
  }

  /** A message that the victim has received and not yet acknowledged. */
  record Held(long consumer, SysMessageID message) {}

  LabServer server() {
    return server;
  }

  Lab lab() {
    return lab;
  }

  /** The attacker's own session. */
  Provider own() {
    return own;
  }

  Provider victim() {
    return victim;
  }

  RawConnector attacker() {
    return attacker;
  }

  /** The victim's connector. */
  RawConnector holder() throws IOException {
    if (holder == null) {
      holder = new RawConnector(server, victim);
    }
    return holder;
  }

  SysMessageID queenSends(String text) {
    return SysMessageID.get(lab.send(victim.inbox(), text));
  }

  void victimSends(String queue, String text) throws IOException {
    holder().isAllowed(PacketType.ADD_PRODUCER, queue, QUEUE);
    holder().send(Packets.message(queue, text));
  }

  /** Whether a message is in the victim's inbox. */
  boolean victimHears(String text) {
    return lab.receive(victim.inbox(), SHORT).equals(text);
  }

  boolean victimMakes(String temporaryQueue) throws IOException {
    return holder().isAllowed(PacketType.CREATE_DESTINATION, temporaryQueue, QUEUE | TEMPORARY);
  }

  boolean victimHears(String temporaryQueue, String text) throws IOException {
    holder().consume(temporaryQueue, QUEUE | TEMPORARY);
    return holder().hears(text);
  }

  Held victimHolds(String text) throws IOException {
    long consumer = holder().consume(victim.inbox(), QUEUE);
    SysMessageID message = queenSends(text);
    if (!holder().hears(text)) {
      throw new AssertionError("The victim did not receive its own message");
    }
    return new Held(consumer, message);
  }

  /** Whether the broker has forgotten the message that the victim holds. */
  boolean isGoneFromInbox() {
    try {
      Awaitility.await().atMost(SHORT).until(() -> lab.waiting(victim.inbox()) == 0);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    attacker.close();
    if (holder != null) {
      holder.close();
    }
    lab.close(own);
    lab.close(victim);
  }
}
