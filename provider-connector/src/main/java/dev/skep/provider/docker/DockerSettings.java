package dev.skep.provider.docker;

import dev.skep.provider.image.ImagePolicy;
import dev.skep.provider.worker.SlotRoot;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is and what its owner allows.
 *
 * @param host address of the engine; null means {@code DOCKER_HOST}, or the local socket
 * @param folder where slots keep their sockets; must be a short path and belong to this user alone
 */
public record DockerSettings(@Nullable URI host, Path folder, ImagePolicy images) {

  /** The local engine, pinned images only. */
  public static DockerSettings standard() {
    return new DockerSettings(null, SlotRoot.standard(), ImagePolicy.DEFAULT);
  }
}
