package dev.skep.queen.dispatch.node;

import dev.skep.broker.BrokerSessions;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Starts the node with the application; what an earlier run left in the broker is swept. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class NodeStart {
  @Inject Node node;

  @PostConstruct
  void start() {
    BrokerSessions.get().sweepInboxes();
    node.start();
  }
}
