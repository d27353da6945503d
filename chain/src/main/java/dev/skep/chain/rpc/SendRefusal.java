package dev.skep.chain.rpc;

import dev.skep.chain.ledger.SendOutcome;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells by their texts, for they have no codes, which refusals of a node mean go and look. */
final class SendRefusal {
  private static final Map<String, SendOutcome> TEXTS =
      Map.of(
          "already known", SendOutcome.KNOWN,
          "already imported", SendOutcome.KNOWN,
          "nonce too low", SendOutcome.NONCE_SPENT,
          "underpriced", SendOutcome.UNDERPRICED,
          "less than block base fee", SendOutcome.UNDERPRICED);

  private SendRefusal() {}

  static Optional<SendOutcome> outcome(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return TEXTS.entrySet().stream()
        .filter(known -> text.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
