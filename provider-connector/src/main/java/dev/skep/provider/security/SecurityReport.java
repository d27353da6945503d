package dev.skep.provider.security;

import dev.skep.provider.security.AttackResult.Verdict;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.util.List;

/** The results of all attacks, for people and for machines. */
public record SecurityReport(List<AttackResult> attacks) {

  private static final int SEEN_WIDTH = 70;
  private static final JsonProvider JSON = JsonProvider.provider();

  public SecurityReport {
    attacks = List.copyOf(attacks);
  }

  public boolean allContained() {
    return attacks.stream()
        .map(AttackResult::verdict)
        .allMatch(verdict -> verdict == Verdict.CONTAINED || verdict == Verdict.NOT_TRIED);
  }

  /** {@code {"contained": bool, "attacks": [{name, tried, expected, seen, verdict}]}}. */
  public JsonObject toJson() {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    attacks.forEach(result -> list.add(result.toJson()));
    return JSON.createObjectBuilder().add("contained", allContained()).add("attacks", list).build();
  }

  /** One line per attack, columns aligned. */
  public String table() {
    StringBuilder text =
        new StringBuilder("%-18s %-10s %s%n".formatted("ATTACK", "VERDICT", "SEEN"));
    for (AttackResult result : attacks) {
      text.append(
          "%-18s %-10s %s%n"
              .formatted(result.attack().title(), result.verdict(), clip(result.seen())));
    }
    long contained =
        attacks.stream().filter(result -> result.verdict() == Verdict.CONTAINED).count();
    long tried = attacks.stream().filter(result -> result.verdict() != Verdict.NOT_TRIED).count();
    return text.append("%d of %d attacks contained%n".formatted(contained, tried)).toString();
  }

  private static String clip(String seen) {
    String line = seen.replaceAll("\\s+", " ");
    return line.length() <= SEEN_WIDTH ? line : line.substring(0, SEEN_WIDTH - 1) + "…";
  }
}
