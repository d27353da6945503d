package dev.skep.chain.proof;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** {@code abi.encode} of static values: each takes one word of 32 bytes, numbers to the right. */
public final class Words {
  private static final int WORD = 32;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(8 * WORD);

  public Words hash(Hash32 value) {
    out.writeBytes(value.bytes());
    return this;
  }

  public Words address(WalletAddress value) {
    return rightAligned(value.bytes());
  }

  public Words amount(TokenAmount value) {
    return number(value.value());
  }

  public Words number(long value) {
    return number(BigInteger.valueOf(value));
  }

  /** Writes an unsigned number of at most 256 bits. */
  public Words number(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("not an unsigned word: " + value);
    }
    byte[] bytes = value.toByteArray();
    boolean signByte = bytes.length == WORD + 1;
    return rightAligned(signByte ? java.util.Arrays.copyOfRange(bytes, 1, WORD + 1) : bytes);
  }

  /** Writes the bytes of a dynamic value, filled with zeros to whole words. */
  public Words padded(byte[] value) {
    out.writeBytes(value);
    out.writeBytes(new byte[(WORD - value.length % WORD) % WORD]);
    return this;
  }

  /** The number of bytes so far: the offset at which a dynamic value would start. */
  public int size() {
    return out.size();
  }

  public Words append(Words other) {
    out.writeBytes(other.toByteArray());
    return this;
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }

  private Words rightAligned(byte[] value) {
    out.writeBytes(new byte[WORD - value.length]);
    out.writeBytes(value);
    return this;
  }
}
