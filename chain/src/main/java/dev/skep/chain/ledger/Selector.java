package dev.skep.chain.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.Words;
import java.util.Arrays;

/** The four bytes by which a contract knows a function or an error. */
public final class Selector {
  private Selector() {}

  public static byte[] of(String signature) {
    return Arrays.copyOf(Keccak.hash(signature.getBytes(US_ASCII)).bytes(), 4);
  }

  /** The calldata of a function: its selector, then its arguments. */
  public static byte[] encode(String function, Words arguments) {
    byte[] words = arguments.toByteArray();
    byte[] data = Arrays.copyOf(of(function), 4 + words.length);
    System.arraycopy(words, 0, data, 4, words.length);
    return data;
  }
}
