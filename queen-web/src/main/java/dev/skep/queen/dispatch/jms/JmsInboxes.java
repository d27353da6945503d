package dev.skep.queen.dispatch.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inboxes as broker queues, through one context that is made anew when it breaks. */
final class JmsInboxes implements Inboxes {
  private static final int MOST_QUEUES = 10_000;

  private final ConnectionFactory factory;
  private final Map<String, Queue> queues = new LinkedHashMap<>();
  private @Nullable JMSContext context;
  private @Nullable JMSProducer producer;

  JmsInboxes(ConnectionFactory factory) {
    this.factory = factory;
  }

  @Override
  public void send(String inbox, byte[] frame) {
    boolean fresh = context == null;
    try {
      trySend(inbox, frame);
    } catch (JMSException | RuntimeException first) { // the adapter throws unrelated types
      close();
      again(inbox, frame, first, fresh);
    }
  }

  /** A broken context fails every send; only a second failure says something of the inbox. */
  private void again(String inbox, byte[] frame, Exception first, boolean wasFresh) {
    if (wasFresh) {
      throw new InboxGone(inbox, first);
    }
    try {
      trySend(inbox, frame);
    } catch (JMSException | RuntimeException second) {
      close();
      throw new InboxGone(inbox, second);
    }
  }

  private void trySend(String inbox, byte[] frame) throws JMSException {
    JMSContext open = context();
    BytesMessage message = open.createBytesMessage();
    message.writeBytes(frame);
    producer(open).send(queue(open, inbox), message);
  }

  private JMSContext context() {
    JMSContext open = context;
    if (open == null) {
      open = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
      context = open;
    }
    return open;
  }

  private JMSProducer producer(JMSContext open) {
    JMSProducer ready = producer;
    if (ready == null) {
      ready = open.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
      ready.setDisableMessageTimestamp(true);
      producer = ready;
    }
    return ready;
  }

  private Queue queue(JMSContext open, String inbox) {
    if (queues.size() > MOST_QUEUES) {
      queues.clear();
    }
    return queues.computeIfAbsent(inbox, open::createQueue);
  }

  @Override
  public void close() {
    JMSContext open = context;
    context = null;
    producer = null;
    queues.clear();
    if (open != null) {
      try {
        open.close();
      } catch (JMSRuntimeException e) {
        System.getLogger(JmsInboxes.class.getName())
            .log(System.Logger.Level.DEBUG, "a broken context did not close", e);
      }
    }
  }
}
