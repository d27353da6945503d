package dev.skep.provider.runtime;

/**
 * A data set that jobs find at {@code /data/NAME}, read-only.
 *
 * @param name one step of a path: lower-case letters, digits, dots, hyphens, underscores
 */
public record DataMount(String name, DataFolder folder) {
  /** Where the container finds it. */
  public String target() {
    return "/data/" + name;
  }
}
