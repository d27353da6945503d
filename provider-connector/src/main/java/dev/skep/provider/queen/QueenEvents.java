package dev.skep.provider.queen;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes as events (text/event-stream). Closing it hangs up, which cancels the job of
 * a call without an idempotency key.
 */
public final class QueenEvents implements Closeable {
  private final BufferedReader lines;

  QueenEvents(InputStream body) {
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** One event; {@code data} is one line. */
  public record Event(String name, String data) {}

  /** Waits for the next event; empty when there is none any more. */
  public Optional<Event> next() throws IOException {
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = line(); line != null; line = line()) {
      if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line, 6, line.length());
      } else if (line.isEmpty() && !name.isEmpty()) {
        return Optional.of(new Event(name, data.toString()));
      }
    }
    return Optional.empty();
  }

  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = lines.read();
    while (next >= 0 && next != '\n') {
      if (line.length() >= QueenApi.MAX_ANSWER) {
        throw new IOException("an event is larger than " + QueenApi.MAX_ANSWER);
      }
      line.append((char) next);
      next = lines.read();
    }
    return next < 0 && line.isEmpty() ? null : line.toString();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
