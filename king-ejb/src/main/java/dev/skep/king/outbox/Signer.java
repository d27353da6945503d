package dev.skep.king.outbox;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.chain.wallet.UnsignedTransaction;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.wallet.WalletAddress;

/**
 * One of the server's keys: in a file today, in a remote signer tomorrow. Signing is deterministic
 * and has no effect.
 */
public interface Signer {
  WalletAddress address();

  SignedTransaction sign(UnsignedTransaction transaction);

  Signature sign(Hash32 digest);

  /** A key held in memory. */
  static Signer of(Wallet wallet) {
    return new Signer() {
      @Override
      public WalletAddress address() {
        return wallet.address();
      }

      @Override
      public SignedTransaction sign(UnsignedTransaction transaction) {
        return wallet.sign(transaction);
      }

      @Override
      public Signature sign(Hash32 digest) {
        return wallet.sign(digest);
      }
    };
  }
}
