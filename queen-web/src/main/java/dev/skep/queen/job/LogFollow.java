package dev.skep.queen.job;

import dev.skep.protocol.id.JobId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.Ticket;
import dev.skep.queen.dispatch.node.Node;
import dev.skep.queen.rest.Bearer;
import dev.skep.queen.stream.EventStream;
import dev.skep.queen.stream.JobRelay;
import dev.skep.queen.stream.JobRelays;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /api/jobs/{id}/logs?follow=true}: {@code log} events as the job prints, then what was
 * kept and not told yet, then one {@code end} with the job's state.
 */
@ApplicationScoped
public class LogFollow {
  @Inject Bearer bearer;
  @Inject JobRows rows;
  @Inject JobAccess access;
  @Inject JobRelays relays;
  @Inject Heartbeat heartbeat;
  @Inject Node node;

  void serve(String id, HttpServletRequest request) throws IOException {
    Bearer.token(request.getHeader("Authorization"));
    WalletAddress caller =
        bearer.identify(request.getHeader("Authorization")).orElseThrow().address();
    JobId job = access.require(id, caller).id();
    EventStream events = new EventStream(request.startAsync());
    JobEvents audience = new JobEvents(events, false);
    JobRelay relay = relays.listen(job, audience);
    Runnable leave = heartbeat.beat(events, () -> relays.leave(relay, audience));
    events.start(relay::resume, leave);
    Optional<Ticket> open = node.dispatcher().find(job);
    if (open.isEmpty()) {
      heartbeat.soon(() -> end(job, events, audience, leave));
    } else {
      open.get()
          .answer()
          .whenComplete(
              (answer, error) ->
                  heartbeat.afterTheLastPart(relay, () -> end(job, events, audience, leave)));
    }
  }

  /** The rows may be a moment behind. */
  private void end(JobId job, EventStream events, JobEvents audience, Runnable leave) {
    if (events.isOver()) {
      return;
    }
    JobRows.JobRow row = rows.find(job).orElse(null);
    if (row != null && row.state().isOpen()) {
      heartbeat.soon(() -> end(job, events, audience, leave));
      return;
    }
    rows.logs(job).forEach(audience::restOfLog);
    String state = row == null ? "GONE" : row.state().name();
    events.event("end", Json.createObjectBuilder().add("state", state).build());
    leave.run();
    events.finish();
  }
}
