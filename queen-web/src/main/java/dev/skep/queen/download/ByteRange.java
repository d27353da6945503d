package dev.skep.queen.download;

import dev.skep.protocol.SkepException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
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

  /** Throws when the file has become shorter than it was: somebody changed it in place. */
  void copy(Path file, OutputStream out) throws IOException {
    try (FileChannel bytes = FileChannel.open(file)) {
      WritableByteChannel to = Channels.newChannel(out);
      long done = 0;
      while (done < length()) {
        long sent = bytes.transferTo(first + done, length() - done, to);
        if (sent == 0) {
          throw new EOFException(file + " ends before byte " + last);
        }
        done += sent;
      }
    }
  }

  long length() {
    return last - first + 1;
  }

  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
