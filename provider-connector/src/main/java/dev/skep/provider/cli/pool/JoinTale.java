package dev.skep.provider.cli.pool;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.provider.cli.Printer;
import dev.skep.provider.connection.ConnectorEvents;
import dev.skep.provider.connection.SessionGrant;
import dev.skep.provider.slot.SeatState;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells what a connector does: a line for people, or one JSON line per event. */
final class JoinTale implements ConnectorEvents {
  private static final List<SlotState> OTHERS =
      List.of(SlotState.COLD, SlotState.PAUSED, SlotState.DRAINING);

  private final Printer printer;
  private final PoolId pool;
  private final Runnable ready;
  private String lastSeats = "";

  /**
   * The tale of one connector.
   *
   * @param ready is run at each connection
   */
  JoinTale(Printer printer, PoolId pool, Runnable ready) {
    this.printer = printer;
    this.pool = pool;
    this.ready = ready;
  }

  @Override
  public void connected(SessionGrant grant, int slots) {
    ready.run();
    tell(
        event("connected").add("session", grant.id().toString()).add("slots", slots),
        "pool " + pool + ": connected, filling " + slots + " slots");
  }

  @Override
  public synchronized void seats(List<SeatState> states) {
    long warm = count(states, SlotState.WARM);
    long failed = count(states, SlotState.FAILED);
    JsonObjectBuilder event =
        event("slots").add("warm", warm).add("failed", failed).add("slots", states.size());
    StringBuilder now =
        new StringBuilder(warm + " of " + states.size() + " slots warm, " + failed + " failed");
    for (SlotState state : OTHERS) {
      long count = count(states, state);
      String word = state.name().toLowerCase(Locale.ROOT);
      event.add(word, count);
      now.append(count == 0 ? "" : ", " + count + " " + word);
    }
    if (!lastSeats.contentEquals(now)) {
      lastSeats = now.toString();
      tell(event, lastSeats);
    }
  }

  private static long count(List<SeatState> states, SlotState state) {
    return states.stream().filter(seat -> seat.state() == state).count();
  }

  @Override
  public void interrupted(SkepException why, Duration pause) {
    tell(
        event("interrupted")
            .add("problem", why.problem().toJson())
            .add("pauseMillis", pause.toMillis()),
        "interrupted: " + why.getMessage() + "; trying again in " + pause.toMillis() + " ms");
  }

  @Override
  public void poolOver() {
    tell(event("pool-over"), "the pool takes no more jobs");
  }

  @Override
  public void draining(int held) {
    tell(event("draining").add("held", held), "leaving: finishing " + held + " jobs");
  }

  @Override
  public void left(int unanswered) {
    tell(
        event("left").add("unaccepted", unanswered),
        "left" + (unanswered == 0 ? "" : "; " + unanswered + " results were not accepted"));
  }

  private JsonObjectBuilder event(String name) {
    return Json.createObjectBuilder().add("event", name).add("pool", pool.toString());
  }

  private void tell(JsonObjectBuilder event, String line) {
    JsonObject built = event.build();
    printer.event(built, line);
  }
}
