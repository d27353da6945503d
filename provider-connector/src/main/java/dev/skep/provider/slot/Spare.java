package dev.skep.provider.slot;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.WarmSlot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One container more than there are seats, its init run and no job ever: for the seat whose
 * container ends next. Whoever takes it owns it; another is started behind its back.
 */
final class Spare implements AutoCloseable {
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
  private static final Logger LOG = System.getLogger(Spare.class.getName());

  private final Start start;
  private final Keeping keeping;
  private @Nullable WarmSlot ready;
  private @Nullable JobSpec job;
  private boolean starting;
  private boolean wanted;
  private long notBeforeNanos = System.nanoTime();

  /** Starts a container and blocks until it is fit. */
  interface Start {
    WarmSlot start(SlotId slot, JobSpec job) throws InterruptedException;
  }

  Spare(Start start, Keeping keeping) {
    this.start = start;
    this.keeping = keeping;
  }

  /** The container, when there is one of that job. */
  synchronized Optional<WarmSlot> take(JobSpec asked) {
    WarmSlot taken = ready;
    if (taken == null || job == null || !job.isSameProgram(asked)) {
      return Optional.empty();
    }
    ready = null;
    if (taken.alive()) {
      return Optional.of(taken);
    }
    taken.close();
    return Optional.empty();
  }

  synchronized boolean isReady() {
    return ready != null;
  }

  /** Has one made ready, unless there is one or no room for it. */
  synchronized void want(SlotId slot, JobSpec wantedJob) {
    wanted = true;
    boolean tooEarly = System.nanoTime() - notBeforeNanos < 0;
    if (ready != null || starting || tooEarly || !keeping.spareFits().test(wantedJob)) {
      return;
    }
    starting = true;
    job = wantedJob;
    Thread thread = new Thread(() -> make(slot, wantedJob), "spare");
    thread.setDaemon(true);
    thread.start();
  }

  private void make(SlotId slot, JobSpec wantedJob) {
    @Nullable WarmSlot made = null;
    try {
      made = start.start(slot, wantedJob);
      made.freeze();
      LOG.log(Level.INFO, "spare container {0} is ready", made.containerId());
    } catch (SkepException e) {
      // A seat's own start tells what is wrong; a spare is only a convenience.
      LOG.log(Level.INFO, "no spare container: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      keep(made);
    }
  }

  private synchronized void keep(@Nullable WarmSlot made) {
    starting = false;
    if (made == null) {
      notBeforeNanos = System.nanoTime() + AFTER_FAILURE.toNanos();
    } else if (wanted) {
      ready = made;
    } else {
      made.close();
    }
  }

  /** Ends it: nobody is to need one. */
  @Override
  public void close() {
    WarmSlot last;
    synchronized (this) {
      wanted = false;
      last = ready;
      ready = null;
    }
    if (last != null) {
      last.close();
    }
  }
}
