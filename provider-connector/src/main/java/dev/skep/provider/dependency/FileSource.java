package dev.skep.provider.dependency;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.PinnedFile;
import java.io.InputStream;

/** Where the bytes of a pinned file come from. What comes is not trusted: its hash is checked. */
@FunctionalInterface
public interface FileSource {

  /** The bytes from some offset on; {@code from} is zero when the source cannot skip. */
  record Part(long from, InputStream bytes) {}

  /**
   * Opens a file, if possible from {@code offset} on.
   *
   * @throws SkepException {@code dependency-unavailable} (PROVIDER, retryable)
   */
  Part open(PinnedFile file, long offset) throws SkepException;
}
