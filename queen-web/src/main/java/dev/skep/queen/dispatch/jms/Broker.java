package dev.skep.queen.dispatch.jms;

import dev.skep.protocol.id.SessionId;
import dev.skep.queen.dispatch.BroughtOutputs;
import dev.skep.queen.dispatch.Courier;
import dev.skep.queen.dispatch.Dispatcher;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The broker as this node uses it. Sending starts with {@link #courier}; frames that come before
 * {@link #receive} belong to no session and are dropped.
 */
@ApplicationScoped
public class Broker {
  private final Wires wires = new Wires();

  @Resource(lookup = "jms/skep")
  ConnectionFactory factory;

  @Resource(lookup = "concurrent/skepThreads")
  ManagedThreadFactory threads;

  private @Nullable InboxCourier courier;
  private volatile @Nullable Incoming incoming;

  /** Starts the sender. */
  public Courier courier(Consumer<SessionId> gone) {
    InboxCourier started = new InboxCourier(wires, new JmsInboxes(factory), gone, threads);
    courier = started;
    return started;
  }

  /** From now on frames reach the dispatcher. */
  public void receive(Dispatcher dispatcher, BroughtOutputs outputs, Consumer<SessionId> abuser) {
    incoming = new Incoming(wires, dispatcher, outputs, abuser);
  }

  public Wires wires() {
    return wires;
  }

  /** How many frames were refused since the start. */
  public long refusedFrames() {
    Incoming open = incoming;
    return open == null ? 0 : open.refused();
  }

  void take(Wire.Queue queue, byte[] frame) {
    Incoming open = incoming;
    if (open != null) {
      open.take(queue, frame);
    }
  }

  @PreDestroy
  void close() {
    if (courier != null) {
      courier.close();
    }
  }
}
