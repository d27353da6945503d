package dev.skep.system.broker;

import com.sun.messaging.ConnectionConfiguration;
import com.sun.messaging.ConnectionFactory;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The stock client, used as a real connector uses it. */
final class HonestConnector implements AutoCloseable {
  private final Connection connection;
  private final Session sending;
  private final MessageConsumer inbox;
  private final CountDownLatch lost = new CountDownLatch(1);

  HonestConnector(LabServer server, String user, String password, String inbox)
      throws JMSException {
    connection = factory(server).createConnection(user, password);
    connection.setExceptionListener(e -> lost.countDown());
    sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    Session receiving = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    this.inbox = receiving.createConsumer(receiving.createQueue(inbox));
    connection.start();
  }

  static HonestConnector of(LabServer server, Provider provider) throws JMSException {
    return new HonestConnector(server, provider.user(), provider.token(), provider.inbox());
  }

  private static ConnectionFactory factory(LabServer server) throws JMSException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setProperty(
        ConnectionConfiguration.imqAddressList,
        "mqssl://127.0.0.1:" + server.brokerPort() + "/ssljms");
    factory.setProperty(ConnectionConfiguration.imqSSLIsHostTrusted, "true");
    factory.setProperty(ConnectionConfiguration.imqReconnectEnabled, "false");
    return factory;
  }

  void send(String queue, String text) throws JMSException {
    try (MessageProducer producer = sending.createProducer(sending.createQueue(queue))) {
      producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
      BytesMessage message = sending.createBytesMessage();
      message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      producer.send(message);
    }
  }

  /** The next message; empty when none comes in time. */
  String receive(Duration limit) throws JMSException {
    Message message = inbox.receive(limit.toMillis());
    return message == null ? "" : new String(message.getBody(byte[].class), StandardCharsets.UTF_8);
  }

  /** Whether the broker ended the connection within the limit. */
  boolean isLostWithin(Duration limit) throws InterruptedException {
    return lost.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
