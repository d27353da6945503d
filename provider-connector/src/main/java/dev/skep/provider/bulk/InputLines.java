package dev.skep.provider.bulk;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a run, line by line in bounded memory, with a hash over all that was read: each
 * line's hash is mixed into it, so that a mark says exactly what came before it. Not thread-safe.
 */
public final class InputLines implements Closeable {
  /** What the queen takes per line, less the key. */
  static final int LONGEST = 256 * 1024 - 512;

  private static final int KEPT = LONGEST + 1;

  private final InputStream in;
  private byte[] chain = new byte[32];
  private long number;

  public InputLines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The next line, or null at the end. */
  @Nullable InputLine next() {
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream(256);
      int c = in.read();
      if (c < 0) {
        return null;
      }
      for (; c >= 0 && c != '\n'; c = in.read()) {
        if (text.size() < KEPT) {
          text.write(c);
        }
      }
      return line(text.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("the inputs cannot be read", e);
    }
  }

  private InputLine line(byte[] text) {
    byte[] sha256 = sha256().digest(text);
    MessageDigest next = sha256();
    next.update(chain);
    chain = next.digest(sha256);
    return new InputLine(++number, text, sha256);
  }

  /** The hash over all lines so far. */
  String chain() {
    return HexFormat.of().formatHex(chain);
  }

  /** Reads on to where a run stood; throws {@code inputs-changed} when it read other lines. */
  public void skipTo(RunMark mark) {
    while (number < mark.lines()) {
      if (next() == null) {
        throw changed("they have " + number + " lines, the run was at line " + mark.lines());
      }
    }
    if (!chain().equals(mark.chain())) {
      throw changed("the first " + number + " lines are not those it read");
    }
  }

  private static SkepException changed(String how) {
    return SkepException.of("inputs-changed", 409)
        .fault(Fault.CALLER)
        .because("the inputs are not those the run began with: " + how)
        .hint("Give the same inputs to go on, or another --output to begin anew.");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
