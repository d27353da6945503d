package dev.skep.queen.download;

import dev.skep.protocol.SkepException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a file, both ends included, as the Range header of RFC 9110 asks for one. */
record ByteRange(long first, long last) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

  /**
   * Empty when the header asks for no range or for several, which is answered with the whole file;
   * throws {@code range-not-satisfiable} for one that lies outside.
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher parts = ONE.matcher(header);
    if (!parts.matches() || parts.group(1).isEmpty() && parts.group(2).isEmpty()) {
      return Optional.empty();
    }
    ByteRange range = of(parts.group(1), parts.group(2), size);
    if (range.first >= size || range.first > range.last) {
      throw SkepException.of("range-not-satisfiable", 416)
          .because("The file has " + size + " bytes; there are none in this range.")
          .hint("Ask for the file without a Range header.");
    }
    return Optional.of(range);
  }

  private static ByteRange of(String first, String last, long size) {
    if (first.isEmpty()) {
      return new ByteRange(Math.max(0, size - Long.parseLong(last)), size - 1);
    }
    long end = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
    return new ByteRange(Long.parseLong(first), end);
  }

  long length() {
    return last - first + 1;
  }

  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
