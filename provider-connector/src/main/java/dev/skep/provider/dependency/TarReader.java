package dev.skep.provider.dependency;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar from its start: ustar with pax names, which is what npm packs. What is kept in memory
 * is one block and one name, whatever the archive says; libraries read names of any length.
 */
final class TarReader extends InputStream {
  private static final int BLOCK = 512;
  private static final int MOST_PAX = 64 * 1024;

  private final InputStream in;
  private long left;
  private long padding;
  private @Nullable String longName;

  TarReader(InputStream in) {
    this.in = in;
  }

  /** One entry; the reader then gives its bytes. {@code type} is tar's own letter. */
  record Entry(String name, char type) {
    boolean isFile() {
      return type == '0' || type == '\0';
    }

    boolean isFolder() {
      return type == '5';
    }
  }

  /** The next entry, skipping what is left of this one; empty at the archive's end. */
  Optional<Entry> next() throws IOException {
    while (true) {
      skip();
      byte[] block = in.readNBytes(BLOCK);
      if (block.length == 0 || isZero(block)) {
        return Optional.empty();
      }
      check(block);
      left = number(block, 124, 12);
      padding = (BLOCK - left % BLOCK) % BLOCK;
      char type = (char) block[156];
      if (type == 'x') {
        longName = pax();
      } else if (type != 'g') {
        return Optional.of(entry(block, type));
      }
    }
  }

  private Entry entry(byte[] block, char type) {
    String prefix = text(block, 345, 155);
    String name = text(block, 0, 100);
    String whole = prefix.isEmpty() ? name : prefix + "/" + name;
    Entry entry = new Entry(longName == null ? whole : longName, type);
    longName = null;
    return entry;
  }

  private void skip() throws IOException {
    in.skipNBytes(left + padding);
    left = 0;
    padding = 0;
  }

  private static void check(byte[] block) throws IOException {
    if (block.length < BLOCK) {
      throw new EOFException("the archive ends within a header");
    }
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (sum != number(block, 148, 8)) {
      throw new ZipException("not a tar: a header's checksum is wrong");
    }
  }

  /** The {@code path} among a pax header's {@code length key=value} lines. */
  private @Nullable String pax() throws IOException {
    if (left > MOST_PAX) {
      throw new ZipException("a header of " + left + " bytes");
    }
    String text = new String(readNBytes((int) left), StandardCharsets.UTF_8);
    String path = null;
    for (String line : text.split("\n", -1)) {
      int key = line.indexOf(" path=");
      path = key > 0 && line.substring(0, key).matches("[0-9]+") ? line.substring(key + 6) : path;
    }
    return path;
  }

  private static long number(byte[] block, int from, int length) throws IOException {
    String digits = text(block, from, length).strip();
    if (!digits.matches("[0-7]{1,11}")) {
      throw new ZipException("a header has no octal number where one belongs");
    }
    return Long.parseLong(digits, 8);
  }

  private static String text(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("the archive ends within a file");
    }
    left -= read;
    return read;
  }
}
