package dev.skep.provider.limit;

import java.util.Set;

/**
 * A list of what is welcome and one of what is not.
 *
 * @param allow when empty, everything is welcome that is not denied
 */
public record AllowDeny(Set<String> allow, Set<String> deny) {

  /** Everything is welcome. */
  public static final AllowDeny ALL = new AllowDeny(Set.of(), Set.of());

  public AllowDeny {
    allow = Set.copyOf(allow);
    deny = Set.copyOf(deny);
  }

  boolean admits(String name) {
    return !deny.contains(name) && (allow.isEmpty() || allow.contains(name));
  }
}
