package dev.skep.provider.docker;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.provider.docker.SlotLauncher.Start;
import dev.skep.provider.image.Images;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.RuntimeProblem;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.worker.Owner;
import dev.skep.provider.worker.SlotFolder;
import dev.skep.provider.worker.SlotRoot;
import dev.skep.provider.worker.WorkerChannel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs each slot in a Docker container of its own, inside every wall of {@link Sandbox}.
 *
 * <p>Opening one first removes what dead connectors left. The engine may go and come back: what
 * runs then fails as {@code runtime-unavailable}, and starting works again as soon as it is back.
 */
public final class DockerRuntime implements JobRuntime {

  private static final Logger LOG = System.getLogger(DockerRuntime.class.getName());
  private static final long TICK_MILLIS = 20;
  private static final long RETRY_SECONDS = 5;
  private static final long WATCH_SECONDS = 2;
  private static final long LOOK_UP_SECONDS = 60;

  private final DockerEngine engine;
  private final SlotRoot root;
  private final Owner owner = Owner.self();
  private final Images images;
  private final SlotLauncher launcher;
  private boolean behindGvisor;
  private final IoChoice ways;
  private final Cards cards;
  private final Removals removals;
  private final Guards guards;
  private final Set<SlotContainer> containers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(1, daemons("skep-slot-clock"));
  private final ExecutorService background = Executors.newCachedThreadPool(daemons("skep-docker"));

  private DockerRuntime(
      DockerEngine engine, SlotRoot root, DockerSettings settings, Sandbox sandbox) {
    this.engine = engine;
    this.root = root;
    this.images = new Images(engine, settings.images());
    this.launcher = new SlotLauncher(engine, sandbox, owner);
    this.ways = new IoChoice(settings.io());
    this.cards = new Cards(settings.cards());
    this.removals = new Removals(engine);
    this.guards = new Guards(engine, removals, sandbox, settings);
  }

  /**
   * Connects to the Docker Engine and cleans up after dead connectors.
   *
   * @throws SkepException {@code runtime-unavailable} when there is no engine, {@code slot-folder}
   *     when the folder for the slots' sockets cannot be had, {@code gvisor-unusable} when it was
   *     asked for and a first job does not get ready in it
   */
  public static DockerRuntime open(DockerSettings settings) {
    DockerRuntime runtime = open(settings, Sandbox.full());
    if (!runtime.behindGvisor) {
      return runtime;
    }
    try {
      KernelProbe.run(runtime);
      return runtime;
    } catch (SkepException e) {
      runtime.close();
      if (settings.kernel() == Kernel.AUTO) {
        LOG.log(
            Level.WARNING,
            "gVisor is installed but does not work, going without: {0}",
            e.getMessage());
        return open(settings.with(Kernel.HOST));
      }
      throw Kernel.unusable("" + e.getMessage()).causedBy(e);
    }
  }

  static DockerRuntime open(DockerSettings settings, Sandbox sandbox) {
    DockerEngine engine = DockerEngine.at(settings.host());
    try {
      SlotRoot root = SlotRoot.open(settings.folder());
      String other = settings.kernel().runtime(engine);
      DockerRuntime runtime = new DockerRuntime(engine, root, settings, sandbox.in(other));
      runtime.behindGvisor = other != null;
      new Reaper(engine, runtime.removals, root, Clock.systemUTC()).reap();
      runtime.startClock();
      return runtime;
    } catch (IOException e) {
      engine.close();
      throw slotFolder(e);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private void startClock() {
    var unused =
        clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    every(RETRY_SECONDS, removals::retry);
    every(WATCH_SECONDS, guards::watch);
    every(LOOK_UP_SECONDS, guards::refresh);
    every(LOOK_UP_SECONDS, guards::readMeters);
  }

  /** How this runtime talks to its workers; AUTO until the first has started. */
  WorkerIo io() {
    return ways.io();
  }

  Guards guards() {
    return guards;
  }

  private void every(long seconds, Runnable task) {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> background.execute(task), seconds, seconds, TimeUnit.SECONDS);
  }

  private void tick() {
    containers.removeIf(SlotContainer::isClosed);
    containers.forEach(SlotContainer::tick);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public WarmSlot start(SlotId slot, JobSpec spec) {
    spec.checkProgram();
    String imageId = images.resolve(spec.image());
    return ways.start(io -> start(slot, spec, new Start(imageId, io)));
  }

  private WarmSlot start(SlotId slot, JobSpec spec, Start start) {
    SlotContainer container = create(slot, spec, start);
    containers.add(container);
    try {
      WorkerChannel channel = launcher.start(container, spec, start.io());
      return new DockerSlot(container, channel, engine);
    } catch (RuntimeException e) {
      discard(container);
      throw e;
    }
  }

  private SlotContainer create(SlotId slot, JobSpec spec, Start start) {
    try {
      SlotPlace place = place(slot, spec);
      try {
        String id = launcher.create(slot, spec, start, place);
        return new SlotContainer(id, place, removals, background, SlotLauncher.LIFE);
      } catch (IOException | RuntimeException e) {
        place.close();
        throw e;
      }
    } catch (IOException e) {
      throw slotFolder(e);
    }
  }

  private SlotPlace place(SlotId slot, JobSpec spec) throws IOException {
    CardLease lease = cards.take(spec.resources().gpus());
    try {
      return place(slot, spec, lease);
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private SlotPlace place(SlotId slot, JobSpec spec, CardLease lease) throws IOException {
    SlotFolder folder = root.create(owner, WorkerCommand.of(spec).file(), spec.program());
    try {
      return new SlotPlace(folder, guards.open(slot, spec.network(), folder), lease);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private void discard(SlotContainer container) {
    containers.remove(container);
    container.close();
  }

  private static SkepException slotFolder(IOException e) {
    return SkepException.of("slot-folder", 500)
        .fault(Fault.PROVIDER)
        .because("cannot use the folder for the slots' sockets: " + e.getMessage())
        .hint("Set XDG_RUNTIME_DIR to a folder of your own, or remove the one that is in the way.")
        .causedBy(e);
  }

  @Override
  public List<Finding> findings() {
    return new EngineFindings(engine).list();
  }

  /** Removes every container this runtime started. */
  @Override
  public void close() {
    containers.stream().toList().forEach(container -> background.execute(() -> discard(container)));
    background.shutdown();
    clock.shutdownNow();
    try {
      if (!background.awaitTermination(1, TimeUnit.MINUTES)) {
        throw RuntimeProblem.RUNTIME_UNAVAILABLE.because(
            "the engine did not remove the containers in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      guards.close();
      engine.close();
    }
  }
}
