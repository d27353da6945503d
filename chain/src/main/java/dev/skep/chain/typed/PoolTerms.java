package dev.skep.chain.typed;

import dev.skep.chain.proof.Words;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;

/**
 * What a pool's owner appoints.
 *
 * @param signer whose vouchers the pool pays
 * @param expiry until when, in seconds since 1970
 * @param epochCap the most that blocks and vouchers together may take in an epoch
 */
public record PoolTerms(WalletAddress signer, long expiry, TokenAmount epochCap) {
  /** Appends the three, one word each. */
  public Words appendTo(Words words) {
    return words.address(signer).number(expiry).amount(epochCap);
  }
}
