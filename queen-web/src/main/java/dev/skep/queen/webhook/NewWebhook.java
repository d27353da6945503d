package dev.skep.queen.webhook;

import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.rest.Members;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A webhook as asked for, checked. */
record NewWebhook(URI url, Set<EventType> events) {
  private static final int LONGEST_URL = 2000;

  static NewWebhook read(byte[] body, Reach reach) {
    JsonObject json = JsonBody.object(body);
    Members members = Members.of(json, "url", "events");
    String url = members.text("url", 1, LONGEST_URL);
    Set<EventType> events = events(json.get("events"), members);
    members.check();
    URI checked = reach.check(url);
    reach.resolve(checked);
    return new NewWebhook(checked, events);
  }

  private static Set<EventType> events(@Nullable JsonValue value, Members members) {
    Set<EventType> events = EnumSet.noneOf(EventType.class);
    if (value instanceof JsonArray array) {
      array.forEach(word -> add(events, word, members));
    }
    if (events.isEmpty()) {
      members.wrong("events", "must be an array of one or more of " + words());
    }
    return events;
  }

  private static void add(Set<EventType> events, JsonValue word, Members members) {
    String text = word instanceof JsonString string ? string.getString() : "";
    EventType.find(text)
        .ifPresentOrElse(events::add, () -> members.wrong("events", "may hold only " + words()));
  }

  private static List<String> words() {
    return EventType.toAskFor().map(EventType::word).toList();
  }
}
