package dev.skep.protocol.pool;

import java.util.List;

/** What of the network a pool's jobs may reach: nothing, or these places and no others. */
public record NetworkPolicy(List<Destination> allow) {
  /** The most places one pool may name. */
  public static final int MOST = 64;

  /** No network at all, which is what a pool has unless it asks. */
  public static final NetworkPolicy NONE = new NetworkPolicy(List.of());

  public NetworkPolicy {
    allow = allow.stream().distinct().toList();
    if (allow.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " places");
    }
  }

  public boolean isNone() {
    return allow.isEmpty();
  }
}
