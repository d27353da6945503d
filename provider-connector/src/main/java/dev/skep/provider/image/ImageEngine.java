package dev.skep.provider.image;

import dev.skep.protocol.SkepException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The images of this machine, as the engine that runs containers knows them. Thread-safe. */
public interface ImageEngine {

  /**
   * One image.
   *
   * @param id {@code sha256:...} of its configuration: the same bytes have the same id everywhere
   * @param digests {@code name@sha256:...} of the manifests it was pulled by
   */
  record Image(String id, Set<String> digests, Map<String, String> labels) {}

  /** The image of that name, id or digest if this machine has it. */
  Optional<Image> find(String reference) throws SkepException;

  /**
   * Fetches an image and blocks until it is here.
   *
   * @throws SkepException {@code image-not-found} (CALLER) when the registry has none, {@code
   *     image-pull-failed} (PROVIDER, retryable) when it cannot be reached
   */
  void pull(String reference) throws SkepException;
}
