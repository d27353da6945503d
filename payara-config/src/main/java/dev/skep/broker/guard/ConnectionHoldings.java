package dev.skep.broker.guard;

import com.sun.messaging.jmq.jmsserver.core.Consumer;
import com.sun.messaging.jmq.jmsserver.core.ConsumerUID;
import com.sun.messaging.jmq.jmsserver.core.Producer;
import com.sun.messaging.jmq.jmsserver.core.ProducerUID;
import com.sun.messaging.jmq.jmsserver.core.Session;
import com.sun.messaging.jmq.jmsserver.core.SessionUID;
import com.sun.messaging.jmq.jmsserver.plugin.spi.ProducerSpi;
import com.sun.messaging.jmq.jmsserver.service.ConnectionUID;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQConnection;
import org.jspecify.annotations.Nullable;

/** Reads the broker's own tables. */
record ConnectionHoldings(IMQConnection connection) implements Holdings {

  @Override
  public boolean foreignSession(long id) {
    Session session = Session.getSession(new SessionUID(id));
    return session != null && notMine(session.getConnectionUID());
  }

  @Override
  public boolean foreignProducer(long id) {
    ProducerSpi producer = Producer.getProducer(new ProducerUID(id));
    return producer != null && notMine(producer.getConnectionUID());
  }

  @Override
  public boolean foreignConsumer(long id) {
    ConsumerUID uid = new ConsumerUID(id);
    Session session = Session.getSession(uid);
    if (session != null) {
      return notMine(session.getConnectionUID());
    }
    Consumer consumer = Consumer.getConsumer(uid);
    return consumer != null && notMine(consumer.getConnectionUID());
  }

  @Override
  public int sessions() {
    return connection.getSessions().size();
  }

  @Override
  public int producers() {
    return connection.getProducerCnt();
  }

  @Override
  public int consumers() {
    return connection.getConsumersIDs().size();
  }

  private boolean notMine(@Nullable ConnectionUID owner) {
    return !connection.getConnectionUID().equals(owner);
  }
}
