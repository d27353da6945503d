package dev.skep.chain.wallet;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;
import java.util.Arrays;

/** The bytes to store before sending, and to send again after a crash: same bytes, same hash. */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record SignedTransaction(byte[] raw) {
  public SignedTransaction {
    raw = raw.clone();
  }

  @Override
  public byte[] raw() {
    return raw.clone();
  }

  public Hash32 hash() {
    return Keccak.hash(raw);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedTransaction signed && Arrays.equals(raw, signed.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }
}
