package dev.skep.provider.data;

import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Brings one file's bytes onto this disk; what broke off is taken up where it ended, also by a
 * later try. What comes is not checked here.
 *
 * @param part where the bytes go
 * @param most the longest it may be
 * @param tooLong what is thrown when more comes
 * @param arrived hears how many bytes came each time
 */
public record Download(
    Path part, long most, Supplier<SkepException> tooLong, LongConsumer arrived) {
  private static final int TRIES = 3;

  /** The bytes from some offset on; {@code from} is zero when the source cannot skip. */
  public record Part(long from, InputStream bytes) {}

  /** Where the bytes come from. */
  @FunctionalInterface
  public interface Source {
    /** Opens it, if possible from {@code offset} on. */
    Part open(long offset) throws IOException;
  }

  /** Fetches what is missing; throws when it breaks too often. */
  public void from(Source source) throws IOException {
    IOException last = new IOException("not tried");
    for (int i = 0; i < TRIES; i++) {
      try {
        append(source);
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private void append(Source source) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    Part rest = source.open(have);
    StandardOpenOption mode =
        rest.from() == have && have > 0
            ? StandardOpenOption.APPEND
            : StandardOpenOption.TRUNCATE_EXISTING;
    try (InputStream in = rest.bytes();
        OutputStream out =
            Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      copy(in, out, rest.from());
    }
  }

  private void copy(InputStream in, OutputStream out, long from) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = from;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
      if (total > most) {
        throw tooLong.get();
      }
      out.write(buffer, 0, read);
      arrived.accept(read);
    }
  }
}
