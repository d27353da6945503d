package dev.skep.queen.rest;

import dev.skep.protocol.wallet.WalletAddress;
import java.util.Set;
import java.util.UUID;

/**
 * The authenticated sender of a request.
 *
 * @param session row of the session whose token was sent, so that the caller can end exactly that
 *     one
 */
public record Caller(WalletAddress address, Set<Role> roles, UUID session) {
  public Caller {
    roles = Set.copyOf(roles);
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }
}
