package dev.skep.provider.docker;

import com.github.dockerjava.api.model.Container;
import dev.skep.protocol.SkepException;
import dev.skep.provider.worker.SlotRoot;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;

/**
 * Removes what connectors left behind that were killed: their containers and their slots' folders.
 */
final class Reaper {

  private static final Logger LOG = System.getLogger(Reaper.class.getName());

  private final DockerEngine engine;
  private final Removals removals;
  private final SlotRoot root;
  private final Clock clock;

  Reaper(DockerEngine engine, Removals removals, SlotRoot root, Clock clock) {
    this.engine = engine;
    this.removals = removals;
    this.root = root;
    this.clock = clock;
  }

  /** Tells how many containers it removed. */
  int reap() {
    int removed = 0;
    for (Container container : ours()) {
      if (Labels.isOrphan(container.getLabels(), clock.instant())) {
        removals.remove(container.getId());
        LOG.log(Level.INFO, "removed container {0} of a dead connector", container.getId());
        removed++;
      }
    }
    EgressNetwork.reap(engine);
    sweepFolders();
    return removed;
  }

  private List<Container> ours() {
    return engine.call(
        docker ->
            docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Labels.OWNER))
                .exec());
  }

  private void sweepFolders() {
    try {
      root.sweep();
    } catch (IOException e) {
      throw SkepException.of("slot-folder", 500)
          .because("cannot clean the folder of the slots: " + e)
          .causedBy(e);
    }
  }
}
