package dev.skep.queen.operations;

import dev.skep.protocol.wallet.WalletAddress;

/** The wallets that may not sign in. */
public interface Bans {
  /** Bans a wallet; banning it again changes the reason. */
  void add(WalletAddress address, String reason);

  /** False when it was not banned. */
  boolean remove(WalletAddress address);
}
