package dev.skep.provider.docker;

import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.skep.protocol.SkepException;
import dev.skep.provider.worker.Owner;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bridge that the guards of one connector stand on; they cannot see each other. */
final class EgressNetwork implements AutoCloseable {

  private static final Logger LOG = System.getLogger(EgressNetwork.class.getName());
  private static final Map<String, String> NO_TALK =
      Map.of("com.docker.network.bridge.enable_icc", "false");

  private final DockerEngine engine;
  private final Owner owner;
  private final Sandbox sandbox;
  private @Nullable String id;

  EgressNetwork(DockerEngine engine, Owner owner, Sandbox sandbox) {
    this.engine = engine;
    this.owner = owner;
    this.sandbox = sandbox;
  }

  /** The id of the network, made on first use. */
  synchronized String ensure() {
    String known = id;
    if (known == null || !exists(known)) {
      known = engine.call(docker -> command(docker.createNetworkCmd()).exec().getId());
      id = known;
    }
    return known;
  }

  private CreateNetworkCmd command(CreateNetworkCmd create) {
    create
        .withName(
            "skep-egress-"
                + owner.text().replace(':', '-')
                + "-"
                + Long.toHexString(System.nanoTime()))
        .withDriver("bridge")
        .withOptions(NO_TALK)
        .withLabels(Map.of(Labels.OWNER, owner.text(), Labels.PLACE, owner.place()));
    if (!sandbox.has(Defence.NO_IPV6)) {
      create
          .withEnableIpv6(true)
          .withIpam(
              new Network.Ipam()
                  .withConfig(List.of(new Network.Ipam.Config().withSubnet("fd00:5ce9::/64"))));
    }
    return create;
  }

  private boolean exists(String network) {
    try {
      engine.call(docker -> docker.inspectNetworkCmd().withNetworkId(network).exec());
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** Removes the bridges of connectors that live no more. */
  static void reap(DockerEngine engine) {
    List<Network> networks =
        engine.call(
            docker -> docker.listNetworksCmd().withFilter("label", List.of(Labels.OWNER)).exec());
    for (Network network : networks) {
      Map<String, String> labels = network.getLabels();
      if (Labels.isOrphan(labels, java.time.Instant.now())) {
        remove(engine, network.getId());
      }
    }
  }

  private static void remove(DockerEngine engine, String network) {
    try {
      engine.call(docker -> docker.removeNetworkCmd(network).exec());
    } catch (NotFoundException e) {
      LOG.log(Level.DEBUG, "network {0} is gone already", network);
    } catch (SkepException e) {
      // The next connector's reaper takes it.
      LOG.log(Level.WARNING, "cannot remove network {0} yet: {1}", network, e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    String known = id;
    if (known != null) {
      remove(engine, known);
      id = null;
    }
  }
}
