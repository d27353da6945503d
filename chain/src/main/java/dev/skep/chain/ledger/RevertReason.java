package dev.skep.chain.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.chain.proof.Hex;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a contract said when it reverted, by the names our contracts give their errors. */
public final class RevertReason {
  private static final String TEXT = "Error(string)";
  private static final Map<String, String> NAMES = names();

  private RevertReason() {}

  /** For example {@code NotKing(address) 0x0..222}; the selector itself when nobody knows it. */
  public static String of(byte[] data) {
    if (data.length < 4) {
      return "no reason given";
    }
    String selector = Hex.encode(Arrays.copyOf(data, 4));
    String name = NAMES.getOrDefault(selector, selector);
    return name.equals(TEXT) ? text(data) : name + " " + Hex.encode(arguments(data));
  }

  private static String text(byte[] data) {
    try {
      return new String(new WordReader(data, 4).dynamic().bytes(), UTF_8);
    } catch (IllegalArgumentException e) {
      return TEXT;
    }
  }

  private static byte[] arguments(byte[] data) {
    return Arrays.copyOfRange(data, 4, Math.min(data.length, 4 + 8 * 32));
  }

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    names.put(Hex.encode(Selector.of(TEXT)), TEXT);
    for (ContractArtifact artifact : ContractArtifact.values()) {
      artifact.errors().forEach(error -> names.put(Hex.encode(Selector.of(error)), error));
    }
    return Map.copyOf(names);
  }
}
