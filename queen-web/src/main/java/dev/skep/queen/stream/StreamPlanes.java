package dev.skep.queen.stream;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.stream.StreamFrame;
import dev.skep.queen.dispatch.Canceller;
import dev.skep.queen.dispatch.node.SessionEnded;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The planes of the open sessions, one each: a newer one ends the older. Thread-safe. */
@ApplicationScoped
public class StreamPlanes implements Canceller {
  /** A connector pings far more often than that. */
  private static final long MOST_SILENT = TimeUnit.SECONDS.toNanos(60);

  private final Map<SessionId, PlaneConnection> open = new ConcurrentHashMap<>();

  @Inject JobRelays relays;

  @Resource(lookup = "concurrent/skep")
  ManagedScheduledExecutorService executor;

  private @Nullable ScheduledFuture<?> sweep;

  @PostConstruct
  void start() {
    sweep = executor.scheduleWithFixedDelay(this::closeSilent, 15, 15, TimeUnit.SECONDS);
  }

  JobRelays relays() {
    return relays;
  }

  void opened(PlaneConnection plane) {
    PlaneConnection older = open.put(plane.session(), plane);
    if (older != null) {
      older.close("replaced by a newer one");
    }
  }

  void closed(PlaneConnection plane) {
    open.remove(plane.session(), plane);
  }

  /** Not on the caller's thread: it holds the dispatcher's lock. */
  @Override
  public void cancel(SessionId session, AttemptRef attempt) {
    PlaneConnection plane = open.get(session);
    if (plane != null) {
      byte[] frame = StreamFrame.of(StreamFrame.Kind.CANCEL, attempt).toBytes();
      executor.execute(() -> plane.say(frame));
    }
  }

  void ended(@Observes SessionEnded end) {
    PlaneConnection plane = open.get(end.session());
    if (plane != null) {
      plane.close("its session ended: " + end.reason());
    }
  }

  private void closeSilent() {
    for (PlaneConnection plane : List.copyOf(open.values())) {
      if (plane.silentNanos() > MOST_SILENT) {
        plane.close("the connector is silent");
      }
    }
  }

  public int planes() {
    return open.size();
  }

  public int streams() {
    return open.values().stream().mapToInt(PlaneConnection::streams).sum();
  }

  @PreDestroy
  void stop() {
    if (sweep != null) {
      sweep.cancel(false);
    }
    List.copyOf(open.values()).forEach(plane -> plane.close("the queen stops"));
  }
}
