package dev.skep.chain.wallet;

import dev.skep.chain.proof.Hex;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction does.
 *
 * @param to null to create a contract
 * @param value in wei
 * @param data the selector and its arguments, or the code to create
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Call(@Nullable WalletAddress to, BigInteger value, byte[] data) {
  public Call {
    data = data.clone();
  }

  /** Calls a contract without sending wei. */
  public static Call to(WalletAddress contract, byte[] data) {
    return new Call(contract, BigInteger.ZERO, data);
  }

  /** Creates a contract from its code and constructor arguments. */
  public static Call create(byte[] code) {
    return new Call(null, BigInteger.ZERO, code);
  }

  /** Sends wei and nothing else; of zero wei to oneself it fills a gap in the nonces. */
  public static Call transfer(WalletAddress to, BigInteger wei) {
    return new Call(to, wei, new byte[0]);
  }

  @Override
  public byte[] data() {
    return data.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Call call
        && Objects.equals(to, call.to)
        && value.equals(call.value)
        && Arrays.equals(data, call.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(to, value, Arrays.hashCode(data));
  }

  @Override
  public String toString() {
    return "Call[to=" + to + ", value=" + value + ", data=" + Hex.encode(data) + "]";
  }
}
