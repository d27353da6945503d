package dev.skep.chain.wallet;

import java.math.BigInteger;

/**
 * What a transaction offers for one unit of gas, in wei.
 *
 * @param max the most it pays in all
 * @param tip the part of it that the block's producer may keep
 */
public record Fees(BigInteger max, BigInteger tip) {
  private static final BigInteger EIGHT = BigInteger.valueOf(8);

  public Fees {
    if (tip.signum() < 0 || max.compareTo(tip) < 0) {
      throw new IllegalArgumentException("a fee is at least its tip, and the tip at least zero");
    }
  }

  /** One eighth more of both, rounded up: what nodes ask of a transaction that replaces another. */
  public Fees raised() {
    return new Fees(raised(max), raised(tip));
  }

  /** The same, but paying at most this much in all. */
  public Fees cappedAt(BigInteger limit) {
    return new Fees(max.min(limit), tip.min(limit));
  }

  private static BigInteger raised(BigInteger wei) {
    return wei.add(wei.divide(EIGHT)).add(BigInteger.ONE);
  }
}
