package dev.skep.chain.ledger;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A node of an EVM chain, without any of our contracts. Safe for many threads. Every call may block
 * on the network for some seconds, and throws {@code SkepException} {@code chain-unreachable} (503,
 * retryable) when the node does not answer: silence never means that something is gone. Amounts are
 * in wei.
 */
public interface ChainNode {
  /** The id the node itself reports. */
  long chainId();

  Heads heads();

  /** The hash of the canonical block of this number; empty above the head. */
  Optional<Hash32> blockHash(long number);

  /**
   * The next nonce by mined transactions only; what waits in the pool is the sender's own business.
   */
  long minedNonce(WalletAddress sender);

  BigInteger balance(WalletAddress holder);

  boolean hasCode(WalletAddress address);

  /**
   * A tip and a fee of twice the base fee above it, so that it stays valid through six full blocks.
   */
  Fees fees();

  /**
   * Gas the call would need now.
   *
   * @throws dev.skep.protocol.SkepException {@code chain-reverted} with the contract's own reason
   *     when the call would revert
   */
  long estimateGas(WalletAddress from, Call call);

  /**
   * The data fee an OP-stack chain adds for these bytes; zero on a chain without the fee oracle.
   */
  BigInteger l1Fee(SignedTransaction transaction);

  /**
   * Hands a signed transaction to the node. Safe to repeat with the same bytes.
   *
   * @throws dev.skep.protocol.SkepException {@code chain-refused} when the node finds it invalid
   */
  SendOutcome send(SignedTransaction transaction);

  /** Empty while it is not in a block, and again when a reorg took it out. */
  Optional<MinedTransaction> mined(Hash32 transaction);
}
