package dev.skep.chain.identity;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.Words;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/**
 * A recoverable secp256k1 signature: r, s and the recovery byte, 65 bytes as wallets write it.
 *
 * @param v 27 or 28; text with 0 or 1 is read as well
 */
public record Signature(BigInteger r, BigInteger s, int v) {
  private static final int LENGTH = 65;
  private static final BigInteger HALF_ORDER = Sign.CURVE_PARAMS.getN().shiftRight(1);

  /**
   * Refuses what would let one signature be written in two ways: a high s, or another recovery
   * byte.
   */
  public Signature {
    if (v != 27 && v != 28) {
      throw new IllegalArgumentException("the recovery byte is 27 or 28, not " + v);
    }
    if (r.signum() <= 0 || r.compareTo(Sign.CURVE_PARAMS.getN()) >= 0) {
      throw new IllegalArgumentException("r is outside the curve's order");
    }
    if (s.signum() <= 0 || s.compareTo(HALF_ORDER) > 0) {
      throw new IllegalArgumentException("s is not in the lower half of the curve's order");
    }
  }

  /** Reads 65 bytes as hexadecimal text. */
  public static Signature parse(String text) {
    return of(Hex.decode(text, LENGTH));
  }

  /** Reads r, s and v from 65 bytes. */
  public static Signature of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a signature has 65 bytes, not " + bytes.length);
    }
    int v = bytes[64] & 0xff;
    return new Signature(number(bytes, 0), number(bytes, 32), v < 27 ? v + 27 : v);
  }

  /**
   * The wallet that signed this digest.
   *
   * @throws IllegalArgumentException when no key can have made this signature
   */
  public WalletAddress signer(Hash32 digest) {
    BigInteger key = Sign.recoverFromSignature(v - 27, new ECDSASignature(r, s), digest.bytes());
    if (key == null) {
      throw new IllegalArgumentException("no key can have made this signature");
    }
    return WalletAddress.parse("0x" + Keys.getAddress(key));
  }

  public byte[] bytes() {
    byte[] bytes = Arrays.copyOf(new Words().number(r).number(s).toByteArray(), LENGTH);
    bytes[64] = (byte) v;
    return bytes;
  }

  @Override
  public String toString() {
    return Hex.encode(bytes());
  }

  private static BigInteger number(byte[] bytes, int from) {
    return new BigInteger(1, Arrays.copyOfRange(bytes, from, from + 32));
  }
}
