package dev.skep.system.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an answer that comes as events; closing it hangs up. */
public final class EventReader implements AutoCloseable {

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  EventReader(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8), 512);
  }

  /** One event; {@code data} is one line. */
  public record Event(String id, String name, String data) {}

  public String header(String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  /** Skips to the next event of that name. */
  public Event await(String name) {
    Optional<Event> event = next();
    while (event.isPresent() && !event.get().name().equals(name)) {
      event = next();
    }
    return event.orElseThrow(() -> new AssertionError("no event " + name + " came"));
  }

  /** Every event until the answer ends. */
  public List<Event> rest() {
    List<Event> all = new ArrayList<>();
    next().ifPresent(all::add);
    for (Optional<Event> event = next(); event.isPresent(); event = next()) {
      all.add(event.get());
    }
    return all;
  }

  private Optional<Event> next() {
    String[] event = {"", "", ""};
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && !event[1].isEmpty()) {
          return Optional.of(new Event(event[0], event[1], event[2]));
        }
        take(line, "id: ", event, 0);
        take(line, "event: ", event, 1);
        take(line, "data: ", event, 2);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(String line, String field, String[] event, int at) {
    if (line.startsWith(field)) {
      event[at] = line.substring(field.length());
    }
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
