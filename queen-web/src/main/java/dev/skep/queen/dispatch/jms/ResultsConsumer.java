package dev.skep.queen.dispatch.jms;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Reads the queue results with one consumer, so that a session's messages keep their order. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "jms/results"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(
          propertyName = "connectionFactoryLookup",
          propertyValue = "jms/skep"),
      @ActivationConfigProperty(propertyName = "endpointPoolMaxSize", propertyValue = "1"),
      @ActivationConfigProperty(propertyName = "endpointPoolSteadySize", propertyValue = "1")
    })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ResultsConsumer implements MessageListener {
  @Inject Broker broker;

  @Override
  public void onMessage(Message message) {
    broker.take(Wire.Queue.RESULTS, Frames.of(message));
  }
}
