package dev.skep.chain.ledger;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.proof.ChainWitness;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chain with our contracts on it: what the king, the relay and a wallet owner ask. Reads are of
 * the latest block. Writing goes by {@link LedgerCalls}, a {@code Wallet} and {@link
 * ChainNode#send}, so that whoever signs keeps its own nonce. Threads, blocking and errors are as
 * in {@link ChainNode}.
 */
public interface LedgerChain extends ChainNode, ChainWitness {
  Contracts contracts();

  /** The number of the king's newest block, 0 before the first. */
  long ledgerHead();

  Optional<LedgerBlock> ledgerBlock(long number);

  /** A pool's account; empty when it was never opened. */
  Optional<PoolAccount> pool(Hash32 poolId);

  /** What debits of these pools start from and how much they can take; one answer for each. */
  Map<Hash32, Room> rooms(Collection<Hash32> poolIds);

  /** What the provider has been paid from this pool so far. */
  TokenAmount claimedOf(Hash32 poolId, WalletAddress provider);

  /**
   * The contract's events of these chain blocks, both included, in their order. Asks the node in
   * ranges; the caller keeps the cursor.
   *
   * @param lastBlock at most the newest block's number; nodes differ in what they make of more
   */
  List<LedgerEvent> events(long firstBlock, long lastBlock);

  TokenAmount tokenBalance(WalletAddress holder);

  /** The nonce of the owner's next permit. */
  BigInteger permitNonce(WalletAddress owner);

  /** The nonce of the sender's next forward request. */
  BigInteger forwarderNonce(WalletAddress sender);

  /** Whether the forwarder would execute this request now: signature, nonce, deadline and trust. */
  boolean accepts(ForwardRequest request, Signature signature);

  @Override
  default Optional<Hash32> ledgerBlockHash(long number) {
    return ledgerBlock(number).map(LedgerBlock::hash);
  }

  @Override
  default Optional<Boolean> transactionSucceeded(Hash32 transaction) {
    return mined(transaction).map(MinedTransaction::succeeded);
  }
}
