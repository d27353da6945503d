package dev.skep.chain.typed;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Words;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;

/**
 * ERC-2612: lets a spender take an amount of the owner's tokens, once.
 *
 * @param nonce the token contract's next nonce for the owner
 * @param deadline seconds since 1970
 */
public record Permit(
    WalletAddress owner,
    WalletAddress spender,
    TokenAmount value,
    BigInteger nonce,
    long deadline) {
  private static final Hash32 TYPE =
      TypedDomain.text(
          "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

  /** What the owner's wallet signs. */
  public Hash32 digest(TypedDomain token) {
    Words struct = new Words().hash(TYPE).address(owner).address(spender);
    return token.digest(struct.amount(value).number(nonce).number(deadline));
  }
}
