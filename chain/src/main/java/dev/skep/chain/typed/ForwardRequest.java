package dev.skep.chain.typed;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.Words;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * A call that a wallet signs and a relay pays the gas for (ERC-2771).
 *
 * @param value in wei; the relay takes zero only
 * @param gas the limit of the inner call
 * @param nonce the forwarder's next nonce of {@code from}; signed, but not part of the calldata
 * @param deadline seconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record ForwardRequest(
    WalletAddress from,
    WalletAddress to,
    BigInteger value,
    BigInteger gas,
    BigInteger nonce,
    long deadline,
    byte[] data) {
  private static final Hash32 TYPE =
      TypedDomain.text(
          "ForwardRequest(address from,address to,uint256 value,uint256 gas,uint256 nonce,"
              + "uint48 deadline,bytes data)");

  public ForwardRequest {
    if (deadline < 0 || deadline >= 1L << 48) {
      throw new IllegalArgumentException("a deadline has 48 bits");
    }
    data = data.clone();
  }

  /** What {@code from} signs. */
  public Hash32 digest(TypedDomain forwarder) {
    Words struct = new Words().hash(TYPE).address(from).address(to).number(value).number(gas);
    return forwarder.digest(struct.number(nonce).number(deadline).hash(Keccak.hash(data)));
  }

  @Override
  public byte[] data() {
    return data.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ForwardRequest that
        && from.equals(that.from)
        && to.equals(that.to)
        && value.equals(that.value)
        && gas.equals(that.gas)
        && nonce.equals(that.nonce)
        && deadline == that.deadline
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(from, to, nonce, deadline, Arrays.hashCode(data));
  }
}
