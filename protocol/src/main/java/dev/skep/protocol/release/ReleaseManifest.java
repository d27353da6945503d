package dev.skep.protocol.release;

import dev.skep.protocol.SkepException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a queen's release key signs: which connector she offers. Its text is what is signed, byte by
 * byte.
 *
 * @param wire the version of the messages the connector speaks
 * @param sha256 of the jar, 64 lower-case hex digits
 * @param size of the jar in bytes
 */
public record ReleaseManifest(Version version, int wire, String sha256, long size) {
  private static final Pattern FORM =
      Pattern.compile(
          "skep-connector 1\nversion (\\S+)\nwire (\\d{1,6})\n"
              + "sha256 ([0-9a-f]{64})\nsize (\\d{1,12})\n");

  /** Reads the text; throws {@code release-malformed}. */
  public static ReleaseManifest parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw malformed();
    }
    try {
      return new ReleaseManifest(
          Version.parse(parts.group(1)),
          Integer.parseInt(parts.group(2)),
          parts.group(3),
          Long.parseLong(parts.group(4)));
    } catch (IllegalArgumentException e) {
      throw malformed().causedBy(e);
    }
  }

  private static SkepException malformed() {
    return SkepException.of("release-malformed", 502)
        .because("the queen's release manifest is not one this program reads")
        .hint("Download the connector anew from the queen's page /connector.");
  }

  /** The short name of the jar, as {@link Software#build()}. */
  public String build() {
    return sha256.substring(0, Software.BUILD_DIGITS);
  }

  public String text() {
    return "skep-connector 1\nversion %s\nwire %d\nsha256 %s\nsize %d\n"
        .formatted(version, wire, sha256, size);
  }

  public byte[] bytes() {
    return text().getBytes(StandardCharsets.US_ASCII);
  }
}
