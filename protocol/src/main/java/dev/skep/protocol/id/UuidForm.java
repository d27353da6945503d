package dev.skep.protocol.id;

import dev.skep.protocol.SkepException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Pattern;

/** The text and byte forms of our UUIDs; only the canonical 36 characters are taken. */
final class UuidForm {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  private static final int LONGEST_SHOWN = 60;

  private UuidForm() {}

  static UUID parse(String kind, String text) {
    if (text.length() != 36 || !CANONICAL.matcher(text).matches()) {
      throw SkepException.of("id-malformed", 400)
          .because("'" + beginning(text) + "' is not a " + kind + " id")
          .hint(
              "Copy it whole: lower case, 36 characters, like 01a203e1-69b7-76e4-bc91-8880e87bd6a2.");
    }
    return UUID.fromString(text);
  }

  private static String beginning(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }

  static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Compares as the database does: unsigned, so that ids sort by time. */
  static int compare(UUID left, UUID right) {
    int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }
}
