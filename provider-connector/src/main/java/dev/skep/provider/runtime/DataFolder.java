package dev.skep.provider.runtime;

import dev.skep.protocol.SkepException;
import java.nio.file.Path;

/** A folder of this machine that jobs read and nobody writes. Thread-safe. */
@FunctionalInterface
public interface DataFolder {
  /**
   * The folder, fetched first when it is not here yet, which may take minutes.
   *
   * @throws SkepException {@code data-unavailable} (PROVIDER, retryable), {@code data-no-room}
   *     (PROVIDER) or {@code data-mismatch} (CALLER)
   */
  Path path() throws SkepException;
}
