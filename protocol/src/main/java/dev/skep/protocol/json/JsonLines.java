package dev.skep.protocol.json;

import dev.skep.protocol.SkepException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON values, one a line, read in bounded memory. Blank lines count for nobody but the
 * editor. Not thread-safe.
 */
public final class JsonLines implements Closeable {
  /** The longest line, in bytes. */
  public static final int LONGEST = 256 * 1024 - 512;

  private final InputStream in;
  private long nextByte;
  private long number;

  /**
   * One value.
   *
   * @param text without the end of the line
   * @param nextByte where the next line begins
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
  public record Line(byte[] text, long nextByte) {}

  /** Reads on from a byte of the file that {@code in} stands at. */
  public JsonLines(InputStream in, long nextByte) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.nextByte = nextByte;
  }

  /** Checks every line to the end and returns how many values there are. */
  public static long count(InputStream in) throws IOException {
    try (JsonLines lines = new JsonLines(in, 0)) {
      long count = 0;
      while (lines.next() != null) {
        count++;
      }
      return count;
    }
  }

  /**
   * The next value, or null at the end.
   *
   * @throws SkepException {@code inputs-invalid} with the line's number when it is not JSON, not
   *     UTF-8 or too long
   */
  public @Nullable Line next() throws IOException {
    byte @Nullable [] text = read();
    while (text != null && text.length == 0) {
      text = read();
    }
    if (text == null) {
      return null;
    }
    check(text);
    return new Line(text, nextByte);
  }

  private byte @Nullable [] read() throws IOException {
    int c = in.read();
    if (c < 0) {
      return null;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    number++;
    for (; c >= 0 && c != '\n'; c = in.read()) {
      nextByte++;
      text.write(c);
      if (text.size() > LONGEST) {
        throw invalid("it has more than " + LONGEST + " bytes");
      }
    }
    nextByte += c < 0 ? 0 : 1;
    return stripped(text.toByteArray());
  }

  private static byte[] stripped(byte[] text) {
    int end = text.length;
    while (end > 0 && " \t\r".indexOf(text[end - 1]) >= 0) {
      end--;
    }
    return end == text.length ? text : Arrays.copyOf(text, end);
  }

  private void check(byte[] text) {
    try {
      JsonText.check(text);
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    } catch (SkepException e) {
      throw invalid(e.getMessage());
    } catch (CharacterCodingException e) {
      throw invalid("it is not UTF-8");
    }
  }

  private SkepException invalid(String why) {
    return SkepException.of("inputs-invalid", 422)
        .because("line " + number + " of the inputs cannot be a job's input: " + why)
        .hint("Every line is one JSON value in UTF-8; blank lines are passed over.");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
