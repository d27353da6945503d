package dev.skep.provider.docker;

import com.github.dockerjava.api.model.Mount;
import dev.skep.protocol.pool.Language;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.worker.SlotFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Mounts a pool's packages read-only where its language looks for them: under Python on {@code
 * PYTHONPATH}, under Node beside the program, where the SDK of the image stays in reach above it.
 */
final class Packages {
  private static final String PYTHON = "/packages";
  private static final String NODE = "node_modules";

  private Packages() {}

  /** Makes the layer first when it is not on this machine yet. */
  static List<Mount> mounts(Sandbox sandbox, SlotFolder folder, JobSpec spec) throws IOException {
    Optional<Path> layer = spec.dependencies().folder();
    if (layer.isEmpty()) {
      return List.of();
    }
    if (spec.runtime().language() == Language.PYTHON) {
      return List.of(sandbox.mount(layer.get(), PYTHON));
    }
    folder.addMountPoint(NODE);
    return List.of(sandbox.mount(layer.get().resolve(NODE), "/job/" + NODE));
  }

  static List<String> environment(JobSpec spec, List<Mount> mounts) {
    boolean python = spec.runtime().language() == Language.PYTHON;
    return python && !mounts.isEmpty() ? List.of("PYTHONPATH=" + PYTHON) : List.of();
  }
}
