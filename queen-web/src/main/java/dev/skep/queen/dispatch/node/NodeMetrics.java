package dev.skep.queen.dispatch.node;

import dev.skep.protocol.job.JobState;
import dev.skep.queen.dispatch.Meters;
import dev.skep.queen.dispatch.PoolLoad;
import dev.skep.queen.dispatch.jms.Broker;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What the node tells monitors; read when asked, so that the hot path pays nothing. */
@Singleton
@Startup
@DependsOn("NodeStart")
public class NodeMetrics {
  @Inject MetricRegistry registry;
  @Inject Node node;
  @Inject Broker broker;

  @PostConstruct
  void register() {
    Meters meters = node.dispatcher().meters();
    gauge("skep_jobs_accepted", "jobs made durable since the start", meters::accepted);
    for (JobState state : JobState.values()) {
      if (!state.isOpen()) {
        Tag outcome = new Tag("outcome", state.name().toLowerCase(Locale.ROOT));
        gauge("skep_jobs_ended", "jobs ended since the start", () -> meters.ended(state), outcome);
      }
    }
    gauge("skep_offers", "attempts offered to slots since the start", meters::offers);
    gauge(
        "skep_dispatch_wait_micros",
        "sum of the times from accept to offer, in microseconds",
        meters::queueMicros);
    gauge("skep_jobs_waiting", "jobs that wait for a slot", () -> sum(PoolLoad::waitingJobs));
    gauge("skep_slots_live", "slots that are taken and not lost", () -> sum(PoolLoad::liveSlots));
    gauge("skep_results_refused", "results refused since the start", meters::refusedResults);
    gauge("skep_frames_refused", "broker frames refused since the start", broker::refusedFrames);
    gauge("skep_sessions_lost", "connectors that fell silent", meters::lostSessions);
    gauge("skep_ledger_groups", "ledger commits", () -> node.ledgerMeter().groups());
    gauge("skep_ledger_operations", "ledger writes", () -> node.ledgerMeter().operations());
    gauge("skep_ledger_backlog", "ledger writes that wait", () -> (long) node.ledgerBacklog());
  }

  private long sum(java.util.function.ToIntFunction<PoolLoad> figure) {
    return node.dispatcher().loads().stream().mapToInt(figure).sum();
  }

  private void gauge(String name, String description, Supplier<Long> value, Tag... tags) {
    Metadata metadata = Metadata.builder().withName(name).withDescription(description).build();
    registry.gauge(metadata, value, tags);
  }
}
