package dev.skep.provider.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.RuntimeProblem;
import dev.skep.provider.worker.Owner;
import dev.skep.provider.worker.SlotFolder;
import dev.skep.provider.worker.WorkerChannel;
import dev.skep.provider.worker.WorkerDoor;
import dev.skep.provider.worker.WorkerMessage;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings one slot from a program to a warm worker: create, start, let it dial in, let its init run.
 */
final class SlotLauncher {

  /** A slot is replaced after a day, so that the reaper of any connector may take what is older. */
  static final Duration LIFE = Duration.ofHours(24);

  private static final long LOOK_MILLIS = 500;
  private static final List<String> ENVIRONMENT =
      List.of("PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp");

  private final DockerEngine engine;
  private final Sandbox sandbox;
  private final Owner owner;

  SlotLauncher(DockerEngine engine, Sandbox sandbox, Owner owner) {
    this.engine = engine;
    this.sandbox = sandbox;
    this.owner = owner;
  }

  /** From which image a container is made, and how its worker will talk. */
  record Start(String imageId, WorkerIo io) {}

  /** Creates the container, not started; its id. */
  String create(SlotId slot, JobSpec spec, Start start, SlotPlace place) throws IOException {
    SlotFolder folder = place.folder();
    SlotNetwork network = place.network();
    List<Mount> mounts = new ArrayList<>();
    mounts.add(sandbox.mount(folder.run(), "/run/skep"));
    mounts.add(sandbox.mount(folder.job(), "/job"));
    mounts.addAll(network.mounts());
    mounts.addAll(ModelCache.mounts(sandbox, folder, spec.mounts()));
    spec.data().forEach(data -> mounts.add(sandbox.mount(data.folder().path(), data.target())));
    List<Mount> packages = Packages.mounts(sandbox, folder, spec);
    mounts.addAll(packages);
    WorkerCommand command = WorkerCommand.of(spec);
    List<String> environment = environment(spec, command);
    environment.addAll(Packages.environment(spec, packages));
    environment.addAll(place.cards().environment());
    HostConfig host = hostConfig(spec, mounts, network, start.io());
    place.cards().grant(host);
    Map<String, String> labels = Labels.of(owner, slot, Instant.now().plus(LIFE));
    try {
      return engine.call(
          docker -> {
            CreateContainerCmd create = docker.createContainerCmd(start.imageId());
            if (network.mode() == null) { // else it is named by its guard
              create.withHostName("job");
            }
            return create
                .withHostConfig(host)
                .withUser(sandbox.user())
                .withWorkingDir("/tmp")
                .withEntrypoint(command.entrypoint())
                .withCmd(start.io() == WorkerIo.STDIO ? List.of("--stdio") : List.of())
                .withStdinOpen(start.io() == WorkerIo.STDIO)
                .withStdInOnce(start.io() == WorkerIo.STDIO) // the worker sees when we are gone
                .withEnv(environment)
                .withLabels(labels)
                .exec()
                .getId();
          });
    } catch (NotFoundException e) {
      throw RuntimeProblem.RUNTIME_UNAVAILABLE
          .because("image " + start.imageId() + " is gone from this machine")
          .causedBy(e);
    }
  }

  private HostConfig hostConfig(
      JobSpec spec, List<Mount> mounts, SlotNetwork network, WorkerIo io) {
    HostConfig config = sandbox.hostConfig(spec.resources(), mounts, network);
    // Frames would fill the engine's log with what jobs get and answer.
    return io == WorkerIo.STDIO
        ? config.withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
        : config;
  }

  private static List<String> environment(JobSpec spec, WorkerCommand command) {
    List<String> environment = new ArrayList<>(ENVIRONMENT);
    environment.addAll(command.environment());
    // Libraries that count the host's cores would start more threads than the slot's share lets
    // run.
    int threads = Math.max(1, spec.resources().milliCpus() / 1000);
    environment.add("OMP_NUM_THREADS=" + threads);
    if (!spec.mounts().isEmpty()) {
      environment.addAll(ModelCache.ENVIRONMENT);
    }
    spec.env().values().forEach((name, value) -> environment.add(name + "=" + value));
    return environment;
  }

  /** Starts the container and blocks until its init has run. */
  WorkerChannel start(SlotContainer container, JobSpec spec, WorkerIo io) {
    try {
      ByteChannel worker =
          io == WorkerIo.STDIO ? attach(container, spec) : awaitCall(container, spec);
      WorkerChannel channel = new WorkerChannel(worker, spec.maxOutputBytes());
      container.connect(channel);
      greet(channel, container.folder().token());
      awaitReady(channel);
      container.allowForever();
      return channel;
    } catch (IOException e) {
      throw whyNot(container, spec).causedBy(e);
    }
  }

  private ByteChannel awaitCall(SlotContainer container, JobSpec spec) throws IOException {
    try (WorkerDoor door = WorkerDoor.open(container.folder())) {
      begin(container, spec);
      return admit(door, container);
    }
  }

  private ByteChannel attach(SlotContainer container, JobSpec spec) throws IOException {
    AttachedWorker worker = AttachedWorker.of(engine, container.id());
    container.connect(worker);
    begin(container, spec);
    return worker;
  }

  private void begin(SlotContainer container, JobSpec spec) {
    try {
      engine.call(docker -> docker.startContainerCmd(container.id()).exec());
    } catch (SkepException e) {
      throw container.cards().explain(e);
    }
    container.allow(spec.initLimit(), RuntimeProblem.INIT_LIMIT);
  }

  private SocketChannel admit(WorkerDoor door, SlotContainer container) throws IOException {
    while (container.stopped() == null && isRunning(container.id())) {
      Optional<SocketChannel> worker = door.await(LOOK_MILLIS);
      if (worker.isPresent()) {
        return worker.get();
      }
    }
    throw new WorkerSilentException();
  }

  private boolean isRunning(String containerId) {
    InspectContainerResponse container =
        engine.call(docker -> docker.inspectContainerCmd(containerId).exec());
    return Boolean.TRUE.equals(container.getState().getRunning());
  }

  private static void greet(WorkerChannel channel, String token) throws IOException {
    WorkerMessage hello = channel.receive();
    byte[] told = WorkerMessage.text(hello.header(), "token").getBytes(StandardCharsets.UTF_8);
    if (!hello.type().equals("hello")
        || !MessageDigest.isEqual(told, token.getBytes(StandardCharsets.UTF_8))) {
      throw RuntimeProblem.WORKER_PROTOCOL.because(
          "whoever called the slot's socket does not know its token");
    }
  }

  private static void awaitReady(WorkerChannel channel) throws IOException {
    WorkerMessage message = channel.receive();
    while (message.type().equals("log")) { // what the program prints while it loads
      message = channel.receive();
    }
    if (message.type().equals("init-failed")) {
      throw JobErrors.initProblem(message.error());
    } else if (!message.type().equals("ready")) {
      throw RuntimeProblem.WORKER_PROTOCOL.because("the worker did not say that it is ready");
    }
  }

  private SkepException whyNot(SlotContainer container, JobSpec spec) {
    RuntimeProblem stopped = container.stopped();
    if (stopped == RuntimeProblem.INIT_LIMIT) {
      return stopped.because(
          "the program's init took longer than " + spec.initLimit().toSeconds() + " s");
    }
    return stopped == null
        ? new Autopsy(engine).of(container.id())
        : stopped.because("the slot was closed");
  }
}
