package dev.skep.queen.identity;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Challenges in memory. */
final class FakeChallenges implements Challenges {
  private final Map<String, Instant> open = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  @Override
  public void open(String nonce, Instant expiresAt) {
    open.put(nonce, expiresAt);
  }

  @Override
  public synchronized Use use(String nonce, Instant now) {
    if (used.contains(nonce)) {
      return Use.ALREADY_USED;
    }
    Instant expiresAt = open.get(nonce);
    if (expiresAt == null || !now.isBefore(expiresAt)) {
      return Use.UNKNOWN_OR_EXPIRED;
    }
    used.add(nonce);
    return Use.TAKEN;
  }

  @Override
  public void forgetBefore(Instant moment) {
    open.values().removeIf(expiresAt -> expiresAt.isBefore(moment));
  }
}
