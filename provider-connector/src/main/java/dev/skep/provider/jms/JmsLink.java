package dev.skep.provider.jms;

import dev.skep.protocol.wire.WireLimits;
import dev.skep.provider.connection.ConnectorLink;
import dev.skep.provider.connection.LinkListener;
import dev.skep.provider.connection.LinkProblem;
import dev.skep.provider.connection.SessionGrant;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection to the broker: a session that sends, another with the thread that receives. */
final class JmsLink implements ConnectorLink {
  private static final Logger LOG = System.getLogger(JmsLink.class.getName());
  private static final long RECEIVE_MILLIS = 1000;
  private static final int MOST_BYTES = WireLimits.MAX_BODY + 1024;

  private final Connection connection;
  private final LinkListener listener;
  private final Session sending;
  private final MessageProducer pull;
  private final MessageProducer results;
  private final MessageConsumer inbox;
  private final AtomicBoolean over = new AtomicBoolean();

  private JmsLink(Connection connection, SessionGrant grant, LinkListener listener)
      throws JMSException {
    this.connection = connection;
    this.listener = listener;
    this.sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    this.pull = producer(grant.queues().pull());
    this.results = producer(grant.queues().results());
    Session receiving = receiving(connection);
    this.inbox = receiving.createConsumer(receiving.createQueue(grant.queues().inbox()));
  }

  /** Starts listening; on failure nothing stays open. */
  static JmsLink open(Connection connection, SessionGrant grant, LinkListener listener)
      throws JMSException {
    try {
      JmsLink link = new JmsLink(connection, grant, listener);
      connection.setExceptionListener(link::lost);
      connection.start();
      Thread receiver = new Thread(link::receive, "link-receiver");
      receiver.setDaemon(true);
      receiver.start();
      return link;
    } catch (JMSException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  /**
   * Nothing is acknowledged to the broker, which would cost a round trip per message before it is
   * looked at. What is lost with a link, the queen and the outbox make good: offers have leases,
   * results are sent again.
   */
  private static Session receiving(Connection connection) throws JMSException {
    return ((com.sun.messaging.jms.Connection) connection)
        .createSession(com.sun.messaging.jms.Session.NO_ACKNOWLEDGE);
  }

  private MessageProducer producer(String queue) throws JMSException {
    MessageProducer producer = sending.createProducer(sending.createQueue(queue));
    producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
    producer.setDisableMessageTimestamp(true);
    return producer;
  }

  @Override
  public void send(Queue queue, byte[] frame) {
    try {
      BytesMessage message = sending.createBytesMessage();
      message.writeBytes(frame);
      (queue == Queue.RESULTS ? results : pull).send(message);
    } catch (JMSException e) {
      throw LinkProblem.lost(String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  private void receive() {
    try {
      while (!over.get()) {
        Message message = inbox.receive(RECEIVE_MILLIS);
        if (message instanceof BytesMessage bytes) {
          deliver(bytes);
        } else if (message != null) {
          LOG.log(Level.WARNING, "a message that is not bytes was dropped unread");
        }
      }
    } catch (JMSException | RuntimeException e) {
      // The library throws a NullPointerException when its connection ends under a receive.
      lost(e);
    }
  }

  private void deliver(BytesMessage message) throws JMSException {
    long length = message.getBodyLength();
    if (length > MOST_BYTES) {
      LOG.log(Level.WARNING, "a message of {0} bytes was dropped unread", length);
      return;
    }
    byte[] frame = new byte[(int) length];
    if (message.readBytes(frame) == length || length == 0) {
      listener.received(frame);
    }
  }

  private void lost(Exception e) {
    if (over.compareAndSet(false, true)) {
      closeQuietly(connection);
      listener.lost(LinkProblem.lost(String.valueOf(e.getMessage())).causedBy(e));
    }
  }

  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      closeQuietly(connection);
    }
  }

  private static void closeQuietly(Connection connection) {
    // Closing a dead connection can hang inside the library; nobody must wait for it.
    Thread closer = new Thread(() -> closeNow(connection), "link-closer");
    closer.setDaemon(true);
    closer.start();
  }

  private static void closeNow(Connection connection) {
    try {
      connection.close();
    } catch (JMSException e) {
      LOG.log(Level.DEBUG, "closing the link: {0}", e.getMessage());
    }
  }
}
