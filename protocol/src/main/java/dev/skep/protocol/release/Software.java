package dev.skep.protocol.release;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a connector names itself when it opens a session: {@code skep-java/0.1.0 wire/1
 * build/0123456789ab}.
 *
 * @param wire the version of the messages it speaks, {@link #WIRE} in this program
 * @param build the first 12 hex digits of its jar's SHA-256; empty when it runs from no jar
 */
public record Software(Version version, int wire, String build) {
  /** The version of the messages between queen and connector that this code speaks. */
  public static final int WIRE = 1;

  public static final int BUILD_DIGITS = 12;

  private static final Pattern FORM =
      Pattern.compile("skep-java/(\\S{5,60}) wire/(\\d{1,6})(?: build/([0-9a-f]{12}))?");

  /** Empty for other programs and for ours from before it named its wire. */
  public static Optional<Software> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Version version = Version.parse(parts.group(1));
      String build = parts.group(3) == null ? "" : parts.group(3);
      return Optional.of(new Software(version, Integer.parseInt(parts.group(2)), build));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    String name = "skep-java/" + version + " wire/" + wire;
    return build.isEmpty() ? name : name + " build/" + build;
  }
}
