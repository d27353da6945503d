package dev.skep.queen.finite;

import dev.skep.protocol.json.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The lines of a file; they were checked when it came. */
final class FileInputs implements InputSource {
  private final JsonLines lines;
  private int number;

  /** Goes on at a mark; {@code file} stands at its next byte. */
  FileInputs(InputStream file, FeedMark mark) {
    this.lines = new JsonLines(file, mark.nextByte());
    this.number = mark.number();
  }

  @Override
  public @Nullable Input next() {
    try {
      JsonLines.Line line = lines.next();
      return line == null ? null : new Input(++number, line.text(), line.nextByte());
    } catch (IOException e) {
      throw new UncheckedIOException("the inputs cannot be read", e);
    }
  }
}
