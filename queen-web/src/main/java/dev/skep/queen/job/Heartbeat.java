package dev.skep.queen.job;

import dev.skep.queen.stream.EventStream;
import dev.skep.queen.stream.JobRelay;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What streamed answers do by the clock: one beat for all of them, since a task of its own for each
 * would cost more than the rest of a short stream.
 */
@ApplicationScoped
public class Heartbeat {
  /** An attempt that has ended and tells nothing from one beat to the next has nothing to tell. */
  private static final long BEAT_SECONDS = 5;

  private final Set<EventStream> answers = ConcurrentHashMap.newKeySet();
  private final Map<JobRelay, Long> awaited = new ConcurrentHashMap<>();

  @Resource(lookup = "concurrent/skep")
  ManagedScheduledExecutorService executor;

  private @Nullable ScheduledFuture<?> beats;

  @PostConstruct
  void start() {
    beats =
        executor.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    if (beats != null) {
      beats.cancel(false);
    }
  }

  private void beat() {
    answers.forEach(EventStream::ping);
    awaited.forEach(this::look);
  }

  private void look(JobRelay relay, long before) {
    long heard = relay.heard();
    if (!relay.isAwaited()) {
      awaited.remove(relay);
    } else if (heard > before) {
      awaited.put(relay, heard);
    } else {
      awaited.remove(relay);
      relay.giveUpWaiting();
    }
  }

  /** Pings until the answer it gives is run, which runs {@code then} too, once. */
  Runnable beat(EventStream events, Runnable then) {
    answers.add(events);
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        answers.remove(events);
        then.run();
      }
    };
  }

  /** Runs when the attempt that speaks has said all, or nothing for a while. */
  void afterTheLastPart(JobRelay relay, Runnable then) {
    relay.whenSilent(then);
    if (relay.isAwaited()) {
      awaited.put(relay, -1L);
    }
  }

  /** Runs in a moment. */
  void soon(Runnable task) {
    executor.schedule(task, 500, TimeUnit.MILLISECONDS);
  }
}
