package dev.skep.provider.docker;

import dev.skep.provider.image.ImagePolicy;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.network.NameService;
import dev.skep.provider.worker.SlotRoot;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is and what its owner allows.
 *
 * @param host address of the engine; null means {@code DOCKER_HOST}, or the local socket
 * @param folder where slots keep their sockets; must be a short path and belong to this user alone
 * @param egress what jobs may reach at most
 * @param names how the places that pools name are looked up
 * @param kernel whose system calls jobs reach
 * @param io how connector and workers talk
 * @param cards the graphics cards that are lent
 */
public record DockerSettings(
    @Nullable URI host,
    Path folder,
    ImagePolicy images,
    EgressPolicy egress,
    NameService names,
    Kernel kernel,
    WorkerIo io,
    List<Card> cards) {

  public DockerSettings {
    cards = List.copyOf(cards);
  }

  /** No network for any job. */
  public DockerSettings(@Nullable URI host, Path folder, ImagePolicy images) {
    this(
        host,
        folder,
        images,
        EgressPolicy.NONE,
        NameService.SYSTEM,
        Kernel.HOST,
        WorkerIo.AUTO,
        List.of());
  }

  /** The local engine, pinned images only. */
  public static DockerSettings standard() {
    return new DockerSettings(null, SlotRoot.standard(), ImagePolicy.DEFAULT);
  }

  /** The same engine, with another policy for the network. */
  public DockerSettings with(EgressPolicy other) {
    return new DockerSettings(host, folder, images, other, names, kernel, io, cards);
  }

  /** The same engine, with another kernel between jobs and this machine. */
  public DockerSettings with(Kernel other) {
    return new DockerSettings(host, folder, images, egress, names, other, io, cards);
  }

  /** The same engine, with another way to talk to workers. */
  public DockerSettings with(WorkerIo other) {
    return new DockerSettings(host, folder, images, egress, names, kernel, other, cards);
  }

  /** The same engine, with graphics cards to lend. */
  public DockerSettings with(List<Card> other) {
    return new DockerSettings(host, folder, images, egress, names, kernel, io, other);
  }
}
