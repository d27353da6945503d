package dev.skep.queen.dispatch.jms;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.wire.Envelope;
import dev.skep.protocol.wire.Framing;
import dev.skep.protocol.wire.Message;
import dev.skep.protocol.wire.Pull;
import dev.skep.protocol.wire.Results;
import dev.skep.protocol.wire.SlotReports;
import dev.skep.queen.dispatch.BroughtOutputs;
import dev.skep.queen.dispatch.Dispatcher;
import dev.skep.queen.dispatch.SlotReport;
import dev.skep.queen.dispatch.Window;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What connectors send: opened with the session's key, checked for its sequence, decoded and handed
 * to the dispatcher. What is refused is counted; a session that keeps on is ended.
 */
final class Incoming {
  private static final System.Logger LOG = System.getLogger(Incoming.class.getName());
  private static final int MOST_VIOLATIONS = 20;

  private final Wires wires;
  private final Dispatcher dispatcher;
  private final ResultReader results;
  private final Consumer<SessionId> abuser;
  private final LongAdder refused = new LongAdder();

  /** {@code abuser} ends a session that sent too much that could not be taken. */
  Incoming(Wires wires, Dispatcher dispatcher, BroughtOutputs outputs, Consumer<SessionId> abuser) {
    this.wires = wires;
    this.dispatcher = dispatcher;
    this.results = new ResultReader(outputs);
    this.abuser = abuser;
  }

  /** Takes one frame; never throws for what a stranger can send. */
  void take(Wire.Queue queue, byte[] frame) {
    SessionId session;
    try {
      session = Framing.sessionOf(frame);
    } catch (SkepException e) {
      refuse("a frame on " + queue, e);
      return;
    }
    Wire wire = wires.find(session);
    if (wire == null) {
      refused.increment();
      return;
    }
    try {
      hand(queue, wire.open(queue, frame));
    } catch (SkepException e) {
      refuse("session " + session + " on " + queue, e);
      if (e.fault() != Fault.PLATFORM && wire.violated() == MOST_VIOLATIONS) {
        abuser.accept(session);
      }
    }
  }

  long refused() {
    return refused.sum();
  }

  private void refuse(String what, SkepException why) {
    refused.increment();
    LOG.log(System.Logger.Level.DEBUG, "refused {0}: {1}", what, why);
  }

  private void hand(Wire.Queue queue, Envelope envelope) {
    Message message = envelope.message();
    SessionId session = envelope.session();
    if (message instanceof Results told && queue == Wire.Queue.RESULTS) {
      dispatcher.results(
          session, envelope.sequence(), told.results().stream().map(results::read).toList());
    } else if (message instanceof Pull pull && queue == Wire.Queue.PULL) {
      dispatcher.pull(
          session,
          pull.slots().stream().map(s -> new Window(s.slot(), s.credits())).toList(),
          pull.held());
    } else if (message instanceof SlotReports reports && queue == Wire.Queue.PULL) {
      dispatcher.slots(session, reports.slots().stream().map(Incoming::report).toList());
    } else {
      throw SkepException.of("message-misplaced", 400)
          .because(envelope.type() + " does not belong on the queue " + queue);
    }
  }

  private static SlotReport report(SlotReports.SlotReport report) {
    return new SlotReport(report.slot(), report.state(), report.containerId(), report.problem());
  }
}
