package dev.skep.queen.dispatch;

import dev.skep.protocol.wallet.WalletAddress;

/** Where a slot lives: whose machine, which one, and the address it called from. */
public record Machine(WalletAddress provider, String machineId, String ip) {
  String distinctKey(Policy.DistinctBy by) {
    return switch (by) {
      case MACHINE -> machineId;
      case IP -> ip;
      case WALLET -> provider.value();
    };
  }

  /** The same wallet on the same machine, wherever it calls from. */
  public boolean isSamePlace(Machine other) {
    return provider.equals(other.provider) && machineId.equals(other.machineId);
  }
}
