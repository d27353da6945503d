package dev.skep.queen.dispatch.node;

import dev.skep.broker.BrokerSessions;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.queen.dispatch.Dispatcher;
import dev.skep.queen.dispatch.jms.Broker;
import dev.skep.queen.sql.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** The ways a connector session ends, each complete: dispatcher, wire, broker and row. */
@ApplicationScoped
public class SessionEnds {
  @Inject Sql sql;
  @Inject Broker broker;
  @Inject Event<SessionEnded> ended;

  @Resource(lookup = "concurrent/skep")
  ManagedScheduledExecutorService executor;

  private volatile @Nullable Dispatcher dispatcher;

  void start(Dispatcher running) {
    dispatcher = running;
  }

  /** The inbox does not take anything any more: the connector's slots wait for its return. */
  void gone(SessionId session) {
    Dispatcher open = dispatcher;
    if (open != null) {
      open.leave(session);
    }
    executor.execute(() -> close(session, "its inbox is gone"));
  }

  /** The session sent too much that is not of this protocol. */
  void abuser(SessionId session) {
    executor.execute(() -> end(session, SlotState.LOST, "too many forged or broken messages"));
  }

  /** Replaced by a newer session of the same machine, which takes its slots over. */
  public void replaced(SessionId session) {
    Dispatcher open = dispatcher;
    if (open != null) {
      open.leave(session);
    }
    close(session, "replaced by a newer session");
  }

  /** Ends a session for good; its slots go to the state and its attempts elsewhere. */
  public void end(SessionId session, SlotState slots, String reason) {
    Dispatcher open = dispatcher;
    if (open != null) {
      open.close(session, slots, SkepException.of("session-ended", 409).because(reason).problem());
    }
    close(session, reason);
  }

  private void close(SessionId session, String reason) {
    ended.fire(new SessionEnded(session, reason));
    broker.wires().close(session);
    BrokerSessions.get().close(session.value(), reason);
    sql.change(
        "update connector_session set ended_at = now(), end_reason = ?"
            + " where id = ? and ended_at is null",
        reason,
        session);
  }
}
