package dev.skep.provider.dependency;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.provider.data.Download;

/** Where the bytes of a pinned file come from. What comes is not trusted: its hash is checked. */
@FunctionalInterface
public interface FileSource {

  /**
   * Opens a file, if possible from {@code offset} on.
   *
   * @throws SkepException {@code dependency-unavailable} (PROVIDER, retryable)
   */
  Download.Part open(PinnedFile file, long offset) throws SkepException;
}
