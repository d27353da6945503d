package dev.skep.provider.image;

/**
 * What the owner of a machine lets pools ask for.
 *
 * @param allowTags whether a pool may name an image by a tag, which its publisher can move to other
 *     code
 * @param allowPull whether an image that is pinned but not here may be fetched
 */
public record ImagePolicy(boolean allowTags, boolean allowPull) {

  /** Pinned images only, fetched when missing. */
  public static final ImagePolicy DEFAULT = new ImagePolicy(false, true);
}
