package dev.skep.queen.dispatch.node;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.PoolTerms;
import org.jspecify.annotations.Nullable;

/** Who may send jobs to a pool: {@code owner}, {@code signed-in} or {@code public}. */
public record PoolDoor(PoolTerms terms, String access) {
  /** Whether this caller may send jobs; null is somebody who did not sign in. */
  public boolean admits(@Nullable WalletAddress caller) {
    return switch (access) {
      case "public" -> true;
      case "signed-in" -> caller != null;
      default -> terms.owner().equals(caller);
    };
  }
}
