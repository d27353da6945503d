package dev.skep.provider.runtime;

import dev.skep.protocol.SkepException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The packages a program needs, installed into one folder of this machine that all slots of its
 * pool share and none may write. Thread-safe.
 */
public interface DependencyLayer {

  /** A program that needs nothing but its language. */
  DependencyLayer NONE = Optional::empty;

  /**
   * The folder, made first when it is not there yet, which may take minutes; empty when nothing is
   * needed. Under Python it belongs on {@code PYTHONPATH}; under Node it holds {@code
   * node_modules}.
   *
   * @throws SkepException {@code dependency-unavailable} (PROVIDER, retryable) when a file cannot
   *     be fetched, {@code dependency-mismatch} or {@code dependency-invalid} (CALLER) when it is
   *     not what the pool pinned
   */
  Optional<Path> folder() throws SkepException;
}
