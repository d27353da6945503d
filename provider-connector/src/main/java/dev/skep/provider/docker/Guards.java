package dev.skep.provider.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.image.Images;
import dev.skep.provider.network.DayBook;
import dev.skep.provider.network.Egress;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.network.NameService;
import dev.skep.provider.worker.Owner;
import dev.skep.provider.worker.SlotFolder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Gives slots their networks: a guard each, for those whose pool names places to reach. Watches
 * that the guards live and that names still mean what they meant.
 */
final class Guards implements AutoCloseable {

  static final ImageRef IMAGE = ImageRef.parse("guard");

  private static final Logger LOG = System.getLogger(Guards.class.getName());
  private static final long MEMORY = 32L << 20;
  private static final List<String> SLEEP = List.of("/bin/busybox", "sleep", "2000000000");

  private final DockerEngine engine;
  private final Removals removals;
  private final Images images;
  private final Sandbox sandbox;
  private final Owner owner;
  private final EgressPolicy policy;
  private final NameService names;
  private final EgressNetwork network;
  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
  private final DayBook today = new DayBook(LocalDate::now);

  Guards(DockerEngine engine, Removals removals, Sandbox sandbox, DockerSettings settings) {
    this.engine = engine;
    this.removals = removals;
    this.sandbox = sandbox;
    this.owner = Owner.self();
    this.images = new Images(engine, settings.images());
    this.policy = settings.egress();
    this.names = settings.names();
    this.network = new EgressNetwork(engine, owner, sandbox);
  }

  /**
   * The network for one slot; its rules stand when this returns.
   *
   * @throws SkepException {@code network-not-allowed}, {@code network-denied}, {@code
   *     network-unresolved}, {@code guard-failed}, {@code image-not-built} (all PROVIDER)
   */
  SlotNetwork open(SlotId slot, NetworkPolicy pool, SlotFolder folder) throws IOException {
    if (pool.isNone()) {
      return SlotNetwork.NONE;
    }
    policy.admit(pool);
    Egress egress = Egress.resolve(pool, policy, names);
    egress.checkWhole();
    Guard.Task task = new Guard.Task(slot, pool, egress, policy.meter());
    task.write(folder, today.used(slot));
    String container = create(slot, folder);
    Guard guard = new Guard(new Guard.Parts(engine, removals, folder, today), container, task);
    try {
      start(guard);
    } catch (RuntimeException e) {
      guard.close();
      throw e;
    }
    guards.add(guard);
    return new SlotNetwork("container:" + container, names(folder), guard);
  }

  private void start(Guard guard) {
    engine.call(docker -> docker.startContainerCmd(guard.containerId()).exec());
    if (sandbox.has(Defence.GUARD)) {
      guard.load();
    }
  }

  private String create(SlotId slot, SlotFolder folder) throws IOException {
    String image = images.resolve(IMAGE);
    String net = network.ensure();
    Map<String, String> labels =
        new HashMap<>(Labels.of(owner, slot, Instant.now().plus(SlotLauncher.LIFE)));
    labels.put(Labels.GUARD, slot.toString());
    Mount rules = sandbox.mount(folder.network(), "/guard");
    return engine.call(
        docker ->
            docker
                .createContainerCmd(image)
                .withHostConfig(hostConfig(net, rules))
                .withUser("0:0")
                .withHostName("job")
                .withEntrypoint(SLEEP)
                .withCmd(List.of())
                .withLabels(labels)
                .exec()
                .getId());
  }

  private static HostConfig hostConfig(String network, Mount rules) {
    return HostConfig.newHostConfig()
        .withNetworkMode(network)
        .withReadonlyRootfs(true)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withCapDrop(Capability.ALL)
        .withCapAdd(Capability.NET_ADMIN)
        .withInit(true)
        .withPidsLimit(16L)
        .withMemory(MEMORY)
        .withMemorySwap(MEMORY)
        .withMounts(List.of(rules));
  }

  private List<Mount> names(SlotFolder folder) throws IOException {
    return List.of(
        sandbox.mount(folder.network().resolve("hosts"), "/etc/hosts"),
        sandbox.mount(folder.network().resolve("resolv.conf"), "/etc/resolv.conf"));
  }

  /** Tells slots whose guard is gone; quick, to be called every few seconds. */
  void watch() {
    guards.removeIf(Guard::isClosed);
    if (guards.isEmpty()) {
      return;
    }
    try {
      Set<String> running = running();
      guards.stream().filter(guard -> !running.contains(guard.containerId())).forEach(Guard::lost);
    } catch (SkepException e) {
      LOG.log(Level.DEBUG, "the engine is away, guards are not looked at: {0}", e.getMessage());
    }
  }

  private Set<String> running() {
    return engine
        .call(docker -> docker.listContainersCmd().withLabelFilter(List.of(Labels.GUARD)).exec())
        .stream()
        .map(Container::getId)
        .collect(Collectors.toSet());
  }

  /**
   * Looks names up again, to be called every minute. A name without an answer keeps its old one.
   */
  void refresh() {
    for (Guard guard : guards) {
      try {
        Egress fresh = Egress.resolve(guard.pool(), policy, names);
        if (fresh.isWhole()) {
          guard.change(fresh);
        }
      } catch (SkepException | IOException e) {
        LOG.log(Level.WARNING, "guard {0} keeps its old addresses: {1}", guard.containerId(), e);
      }
    }
  }

  /** Writes down what the slots used of their day; to be called every minute. */
  void readMeters() {
    boolean newDay = today.turn();
    guards.forEach(newDay ? this::resetMeter : Guard::readMeter);
  }

  private void resetMeter(Guard guard) {
    try {
      guard.resetMeter();
    } catch (SkepException e) {
      LOG.log(Level.WARNING, "guard {0} keeps yesterday''s count: {1}", guard.containerId(), e);
    }
  }

  @Override
  public void close() {
    guards.forEach(Guard::close);
    network.close();
  }
}
