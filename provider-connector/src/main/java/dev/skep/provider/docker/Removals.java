package dev.skep.provider.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.skep.protocol.SkepException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes containers, and keeps in mind those that the engine could not remove because it was away.
 */
final class Removals {

  private static final Logger LOG = System.getLogger(Removals.class.getName());

  private final DockerEngine engine;
  private final Set<String> owed = ConcurrentHashMap.newKeySet();

  Removals(DockerEngine engine) {
    this.engine = engine;
  }

  /**
   * Kills and removes now, or as soon as the engine is back. A container that is gone already is
   * fine.
   */
  void remove(String containerId) {
    try {
      engine.call(
          docker ->
              docker
                  .removeContainerCmd(containerId)
                  .withForce(true)
                  .withRemoveVolumes(true)
                  .exec());
    } catch (NotFoundException | ConflictException e) {
      LOG.log(Level.DEBUG, "container {0} is gone or going already", containerId);
    } catch (SkepException e) {
      LOG.log(
          Level.WARNING,
          "cannot remove container {0} yet, will retry: {1}",
          containerId,
          e.getMessage());
      owed.add(containerId);
    }
  }

  /** Tries once more what could not be removed. */
  void retry() {
    for (String containerId : List.copyOf(owed)) {
      owed.remove(containerId);
      remove(containerId);
    }
  }
}
