package dev.skep.provider.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.skep.protocol.SkepException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Stops all processes of one container where they are, and lets them go on. */
final class Freezer {

  private static final Logger LOG = System.getLogger(Freezer.class.getName());

  private final DockerEngine engine;
  private final String containerId;
  private boolean frozen;

  Freezer(DockerEngine engine, String containerId) {
    this.engine = engine;
    this.containerId = containerId;
  }

  /** False when the engine cannot; then they just go on. */
  synchronized boolean freeze() {
    try {
      engine.call(docker -> docker.pauseContainerCmd(containerId).exec());
      frozen = true;
    } catch (NotFoundException | ConflictException | SkepException e) {
      LOG.log(Level.INFO, "cannot freeze container {0}: {1}", containerId, e.getMessage());
    }
    return frozen;
  }

  /**
   * Nothing when they go on already, or are gone.
   *
   * @throws SkepException {@code runtime-unavailable}
   */
  synchronized void thaw() {
    if (frozen) {
      frozen = false;
      try {
        engine.call(docker -> docker.unpauseContainerCmd(containerId).exec());
      } catch (NotFoundException | ConflictException e) {
        LOG.log(Level.DEBUG, "container {0} is not frozen: {1}", containerId, e.getMessage());
      }
    }
  }
}
