package dev.skep.queen.job;

import dev.skep.queen.stream.Audience;
import dev.skep.queen.stream.EventStream;
import jakarta.json.Json;
import java.util.HashMap;
import java.util.Map;

/** What a client hears of a job while it runs, as events; parts only for the one who asked. */
final class JobEvents implements Audience {
  private final EventStream events;
  private final boolean withParts;
  private final Map<Integer, Integer> logged = new HashMap<>();

  JobEvents(EventStream events, boolean withParts) {
    this.events = events;
    this.withParts = withParts;
  }

  @Override
  public void part(byte[] json) {
    if (withParts) {
      events.event("part", json);
    }
  }

  @Override
  public void restart(int from) {
    if (withParts) {
      events.event("restart", Json.createObjectBuilder().add("from", from).build());
    }
  }

  @Override
  public void progress(byte[] json) {
    if (events.hasRoom()) {
      events.event("progress", json);
    }
  }

  @Override
  public void log(int attempt, String text) {
    synchronized (logged) {
      logged.merge(attempt, text.length(), Integer::sum);
    }
    events.event(
        "log", Json.createObjectBuilder().add("attempt", attempt).add("text", text).build());
  }

  /** The rest of an attempt's log, as it was kept, after what was told while it ran. */
  void restOfLog(JobRows.LogRow row) {
    int told;
    synchronized (logged) {
      told = logged.getOrDefault(row.attempt(), 0);
    }
    if (row.text().length() > told) {
      log(row.attempt(), row.text().substring(told));
    }
  }

  @Override
  public boolean wantsParts() {
    return withParts;
  }

  /** Who follows a log alone holds nothing back: a log is short. */
  @Override
  public boolean hasRoom() {
    return !withParts || events.hasRoom();
  }
}
