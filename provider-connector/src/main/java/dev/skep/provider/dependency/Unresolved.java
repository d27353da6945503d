package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why packages could not be pinned, in words that carry the tool's own. */
final class Unresolved {
  private static final int MOST_QUOTED = 1_500;
  private static final Pattern SECRET = Pattern.compile("://[^/@\\s]+@");
  private static final Pattern NOISE =
      Pattern.compile(
          "(?i)\\[notice\\].*|npm warn.*|npm (error|err!) a complete log of this run.*|\\s*");

  private Unresolved() {}

  /** The tool refused; {@code place} is the line that asked, or the file. */
  static SkepException of(String tool, String place, String said, String hint) {
    String lower = said.toLowerCase(Locale.ROOT);
    boolean unreachable =
        lower.contains("connection broken")
            || lower.contains("failed to establish a new connection")
            || lower.contains("enotfound")
            || lower.contains("econnrefused")
            || lower.contains("etimedout");
    return SkepException.of(
            unreachable ? "dependency-index-unreachable" : "dependency-unresolved", 400)
        .fault(Fault.CALLER)
        .retryable(unreachable)
        .because(place + " does not resolve. " + tool + " says: " + quoted(said))
        .hint(
            unreachable
                ? "Check the network and " + tool + "'s own settings, and try again."
                : hint);
  }

  static SkepException notWheel(String place) {
    return SkepException.of("dependency-not-a-wheel", 400)
        .fault(Fault.CALLER)
        .because(
            place
                + " is not a wheel: it would be built when it is installed, which runs its code"
                + " outside of a job's container")
        .hint(
            "Build it once yourself (python3 -m pip wheel -w wheels -r requirements.txt) and write"
                + " dependencies: {file: requirements.txt, wheels: ./wheels}.");
  }

  /** The tool's own words, without the credentials that an index's address may carry. */
  static String quoted(String said) {
    String text =
        said.lines()
            .filter(line -> !NOISE.matcher(line).matches())
            .map(String::strip)
            .collect(Collectors.joining(" | "));
    String clean = SECRET.matcher(text).replaceAll("://***@");
    return clean.length() > MOST_QUOTED ? clean.substring(0, MOST_QUOTED) + "..." : clean;
  }
}
