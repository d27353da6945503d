package dev.skep.provider.image;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.util.regex.Pattern;

/**
 * How a pool names the image of its jobs, in one of four forms: an alias of an image this machine
 * built ({@code python}), the id of an image ({@code sha256:...}), a name pinned by the digest of
 * its manifest ({@code name@sha256:...}), or a tag, which may move and is refused unless the owner
 * of the machine allows tags.
 */
public record ImageRef(Kind kind, String text) {

  /** What the text pins: everything but {@link #TAG} names exactly one image. */
  public enum Kind {
    ALIAS,
    ID,
    DIGEST,
    TAG
  }

  private static final int MAX_LENGTH = 255;
  private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String NAME = "[a-z0-9][a-z0-9._/-]*(:[0-9]{1,5}/[a-z0-9._/-]+)?";
  private static final Pattern DIGEST =
      Pattern.compile(NAME + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:[0-9a-f]{64}");
  private static final Pattern TAG =
      Pattern.compile(NAME + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?");

  /** Parses the {@code image} of a pool; the text comes from a stranger. */
  public static ImageRef parse(String text) {
    return new ImageRef(kindOf(text), text);
  }

  private static Kind kindOf(String text) {
    if (text.length() > MAX_LENGTH) {
      throw invalid("image name is longer than " + MAX_LENGTH + " characters");
    } else if (ALIAS.matcher(text).matches()) {
      return Kind.ALIAS;
    } else if (ID.matcher(text).matches()) {
      return Kind.ID;
    } else if (DIGEST.matcher(text).matches()) {
      return Kind.DIGEST;
    } else if (TAG.matcher(text).matches()) {
      return Kind.TAG;
    }
    throw invalid("'" + text + "' is not the name of an image");
  }

  private static SkepException invalid(String why) {
    return SkepException.of("image-invalid", 400)
        .fault(Fault.CALLER)
        .because(why)
        .hint("Write an alias such as python, name@sha256:<64 hex>, or sha256:<64 hex>.");
  }

  @Override
  public String toString() {
    return text;
  }
}
