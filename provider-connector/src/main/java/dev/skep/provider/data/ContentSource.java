package dev.skep.provider.data;

import dev.skep.protocol.SkepException;
import java.io.IOException;

/** Where bytes are had by their SHA-256. What comes is not trusted: the hash is checked. */
@FunctionalInterface
public interface ContentSource {
  /**
   * Opens it, if possible from {@code offset} on.
   *
   * @param sha256 64 lower-case hex digits
   */
  Download.Part open(String sha256, long offset) throws IOException, SkepException;
}
