package dev.skep.provider.dependency;

import dev.skep.protocol.pool.DependencyLock;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a list of packages came to.
 *
 * @param uploads by lower-case SHA-256, the files no public registry has: they travel with the pool
 */
public record Resolved(DependencyLock lock, Map<String, Path> uploads) {
  public Resolved {
    uploads = Map.copyOf(uploads);
  }
}
