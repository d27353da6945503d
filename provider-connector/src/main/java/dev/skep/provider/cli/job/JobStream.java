package dev.skep.provider.cli.job;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.provider.cli.Printer;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenEvents;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Prints what a job tells while it runs: each part a line of stdout, the rest to stderr. */
public final class JobStream {
  private final Printer print;
  private final Function<String, byte[]> fetch;
  private boolean hadParts;

  /** {@code fetch} gets an output that is too long for an event, by its path. */
  public JobStream(Printer print, Function<String, byte[]> fetch) {
    this.print = print;
    this.fetch = fetch;
  }

  /** Prints to the end; throws the problem the job ended with. */
  public void print(QueenEvents events) throws IOException {
    for (Optional<QueenEvents.Event> next = events.next(); next.isPresent(); next = events.next()) {
      QueenEvents.Event event = next.get();
      switch (event.name()) {
        case "result" -> {
          result(event.data());
          return;
        }
        case "result-at" -> {
          String path = Answers.text(object(event), "path");
          result(new String(fetch.apply(path), StandardCharsets.UTF_8));
          return;
        }
        case "problem" -> throw Problem.fromJson(object(event)).toException();
        case "part" -> {
          hadParts = true;
          print.line(event.data());
        }
        case "restart" -> print.progress("another attempt tells otherwise: " + event.data());
        case "progress", "log" -> print.progress(event.name() + " " + event.data());
        default -> print.progress("the queen says something new: " + event.name());
      }
    }
    throw broken("this call");
  }

  /** The result of a job that yields is the list of what was printed already. */
  private void result(String output) {
    if (!hadParts) {
      print.line(output);
    }
  }

  /** The event's data, which the queen writes as an object. */
  static JsonObject object(QueenEvents.Event event) {
    try (JsonReader reader = Json.createReader(new StringReader(event.data()))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw SkepException.of("answer-unreadable", 502)
          .fault(Fault.PLATFORM)
          .because("the queen's event " + event.name() + " is not a JSON object")
          .hint("Another version of skep may read it.")
          .causedBy(e);
    }
  }

  static SkepException broken(String what) {
    return SkepException.of("stream-broken", 503)
        .fault(Fault.PLATFORM)
        .retryable(true)
        .because("the stream of " + what + " ended before its end")
        .hint("The queen or the way to her broke; see how the job stands: skep job list");
  }
}
