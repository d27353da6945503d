package dev.skep.provider.connection;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.Direction;
import dev.skep.protocol.wire.Envelope;
import dev.skep.protocol.wire.Framing;
import dev.skep.protocol.wire.Message;
import dev.skep.protocol.wire.MessageType;
import dev.skep.protocol.wire.SequenceGuard;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sealed messages of one session over one link at a time. Sequences go on when the link is
 * dialled anew within the session. Frames that are malformed, forged or replayed are counted,
 * logged and dropped: whoever sent them is not the queen.
 */
final class SessionChannel implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SessionChannel.class.getName());

  private final SessionGrant grant;
  private final Framing framing;
  private final SequenceGuard guard = new SequenceGuard();
  private final Consumer<Message> messages;
  private long sequence;
  private volatile @Nullable ConnectorLink link;

  /** What one link says; the loss of a link that was replaced must not look like its heir's. */
  private final class Ear implements LinkListener {
    private final Consumer<SkepException> loss;

    Ear(Consumer<SkepException> loss) {
      this.loss = loss;
    }

    @Override
    public void received(byte[] frame) {
      SessionChannel.this.received(frame);
    }

    @Override
    public void lost(SkepException why) {
      loss.accept(why);
    }
  }

  SessionChannel(SessionGrant grant, Consumer<Message> messages) {
    this.grant = grant;
    this.framing = new Framing(grant.id(), grant.hmacKey());
    this.messages = messages;
  }

  /** Whether the queen of this session understands that state of a slot. */
  boolean understands(SlotState state) {
    return grant.slotStates().contains(state);
  }

  /** Replaces the link by a new one; {@code loss} hears of that one only. */
  void dial(LinkDialer dialer, Consumer<SkepException> loss) {
    close();
    link = dialer.dial(grant, new Ear(loss));
  }

  /** The sequence of the next message; used by the sending thread only. */
  long nextSequence() {
    return sequence + 1;
  }

  /** Sends under {@link #nextSequence()}; used by one thread. */
  void send(Message message) {
    ConnectorLink open = link;
    if (open == null) {
      throw LinkProblem.lost("the link is closed");
    }
    byte[] frame = framing.seal(message, ++sequence);
    open.send(queueOf(message.type()), frame);
  }

  private static ConnectorLink.Queue queueOf(MessageType type) {
    return type == MessageType.RESULTS ? ConnectorLink.Queue.RESULTS : ConnectorLink.Queue.PULL;
  }

  private void received(byte[] frame) {
    Message message;
    try {
      Envelope envelope = framing.open(Direction.TO_CONNECTOR, frame);
      guard.check(envelope.sequence());
      message = envelope.message();
    } catch (SkepException e) {
      LOG.log(Level.WARNING, "session {0}: a message was dropped: {1}", grant.id(), e);
      return;
    }
    messages.accept(message);
  }

  @Override
  public void close() {
    ConnectorLink open = link;
    link = null;
    if (open != null) {
      open.close();
    }
  }
}
