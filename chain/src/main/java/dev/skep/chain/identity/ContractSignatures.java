package dev.skep.chain.identity;

import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.wallet.WalletAddress;

/**
 * Asks a contract wallet whether a signature is its own (EIP-1271). May block on the network; false
 * when there is no contract at the address.
 */
@FunctionalInterface
public interface ContractSignatures {
  /** For sites that accept key wallets only. */
  ContractSignatures NONE = (wallet, digest, signature) -> false;

  boolean accepts(WalletAddress wallet, Hash32 digest, byte[] signature);
}
