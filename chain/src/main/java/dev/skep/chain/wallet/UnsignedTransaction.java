package dev.skep.chain.wallet;

/** An EIP-1559 transaction before its signature; the chain id makes it worthless elsewhere. */
public record UnsignedTransaction(long chainId, long nonce, long gasLimit, Fees fees, Call call) {
  public UnsignedTransaction {
    if (chainId <= 0 || nonce < 0 || gasLimit <= 0) {
      throw new IllegalArgumentException(
          "a transaction has a chain id, a nonce and a gas limit: " + chainId + ", " + nonce);
    }
  }

  /** The same transaction at other fees: at most one of the two can be mined. */
  public UnsignedTransaction at(Fees other) {
    return new UnsignedTransaction(chainId, nonce, gasLimit, other, call);
  }
}
