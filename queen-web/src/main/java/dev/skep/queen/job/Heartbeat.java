package dev.skep.queen.job;

import dev.skep.queen.stream.EventStream;
import dev.skep.queen.stream.JobRelay;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What streamed answers do by the clock. */
@ApplicationScoped
public class Heartbeat {
  private static final long PING_SECONDS = 5;

  /** An attempt that has ended and yet tells nothing for so long has nothing more to tell. */
  private static final long LAST_PART_SECONDS = 5;

  @Resource(lookup = "concurrent/skep")
  ManagedScheduledExecutorService executor;

  /** Pings until the answer it gives is run, which runs {@code then} too, once. */
  Runnable beat(EventStream events, Runnable then) {
    ScheduledFuture<?> pings =
        executor.scheduleWithFixedDelay(events::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        pings.cancel(false);
        then.run();
      }
    };
  }

  /** Runs when the attempt that speaks has said all, or nothing for a while. */
  void afterTheLastPart(JobRelay relay, Runnable then) {
    relay.whenSilent(then);
    watch(relay, relay.heard());
  }

  private void watch(JobRelay relay, long heard) {
    if (relay.isAwaited()) {
      executor.schedule(
          () -> {
            long now = relay.heard();
            if (now == heard) {
              relay.giveUpWaiting();
            } else {
              watch(relay, now);
            }
          },
          LAST_PART_SECONDS,
          TimeUnit.SECONDS);
    }
  }

  /** Runs in a moment. */
  void soon(Runnable task) {
    executor.schedule(task, 500, TimeUnit.MILLISECONDS);
  }
}
