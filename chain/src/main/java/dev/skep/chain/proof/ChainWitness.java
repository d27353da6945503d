package dev.skep.chain.proof;

import dev.skep.protocol.wallet.WalletAddress;
import java.util.Optional;

/**
 * What evidence has to be true against: a chain and the ledger contract on it. May block on the
 * network; throws {@code SkepException} when the chain cannot be asked, which proves nothing.
 */
public interface ChainWitness {
  long chainId();

  /** The hash the contract keeps for the king's block of this number; empty when it has none. */
  Optional<Hash32> ledgerBlockHash(long number);

  /** True when the transaction was mined and did not revert; empty when the chain has none such. */
  Optional<Boolean> transactionSucceeded(Hash32 transaction);

  /** The token that the contract pays in. */
  WalletAddress ledgerToken();
}
