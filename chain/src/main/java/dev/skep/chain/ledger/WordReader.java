package dev.skep.chain.ledger;

import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads ABI-encoded words one after the other. Whoever sent them is not trusted: bytes that are
 * missing, or bits where a type has none, are an {@code IllegalArgumentException}.
 */
public final class WordReader {
  private static final int WORD = 32;
  private final byte[] data;
  private final int base;
  private int next;

  /** Reads from this offset on; offsets inside the data count from there too. */
  public WordReader(byte[] data, int from) {
    this.data = data;
    this.base = from;
    this.next = from;
  }

  public Hash32 hash() {
    return Hash32.of(take(WORD));
  }

  public BigInteger number() {
    return new BigInteger(1, take(WORD));
  }

  /** A number that fits a Java long. */
  public long count() {
    BigInteger number = number();
    if (number.bitLength() > 63) {
      throw new IllegalArgumentException("a number is too large: " + number);
    }
    return number.longValue();
  }

  public TokenAmount amount() {
    BigInteger number = number();
    if (number.bitLength() > 128) {
      throw new IllegalArgumentException("an amount is too large: " + number);
    }
    return new TokenAmount(number);
  }

  public WalletAddress address() {
    byte[] word = take(WORD);
    for (int i = 0; i < 12; i++) {
      if (word[i] != 0) {
        throw new IllegalArgumentException("not an address: " + Hash32.of(word));
      }
    }
    return WalletAddress.of(Arrays.copyOfRange(word, 12, WORD));
  }

  /** A reader of the dynamic value whose offset is the next word. */
  public WordReader dynamic() {
    long offset = count();
    if (offset > data.length - base) {
      throw new IllegalArgumentException("an offset leads outside the data: " + offset);
    }
    return new WordReader(data, base + (int) offset);
  }

  /** A byte string: its length, then its bytes. */
  public byte[] bytes() {
    return take((int) Math.min(count(), Integer.MAX_VALUE));
  }

  /** A reader of what follows, whose offsets count from here: the elements of an array. */
  public WordReader rest() {
    return new WordReader(data, next);
  }

  private byte[] take(int length) {
    if (length > data.length - next) {
      throw new IllegalArgumentException("the data ends after " + data.length + " bytes");
    }
    byte[] part = Arrays.copyOfRange(data, next, next + length);
    next += length;
    return part;
  }
}
