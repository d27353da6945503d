package dev.skep.queen.pool;

import dev.skep.protocol.release.Software;
import dev.skep.queen.download.Skew;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Pools as the API shows them. */
@ApplicationScoped
public class PoolJson {
  @Inject QueenSettings settings;
  @Inject Skew skew;
  @Inject CurrentCaller caller;

  JsonArray list(List<Listing> pools) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    pools.forEach(pool -> array.add(summary(pool)));
    return array.build();
  }

  /** One pool as the caller may see it. */
  JsonObject show(Listing pool, List<SlotView> slots) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (SlotView slot : slots) {
      JsonObjectBuilder shown = slot(slot);
      slot.problemFor(caller.find(), pool.owner()).ifPresent(why -> shown.add("problem", why));
      array.add(shown);
    }
    return summary(pool)
        .add("spec", pool.spec())
        .add("programSha256", pool.programSha256())
        .add("slots", array)
        .build();
  }

  private JsonObjectBuilder summary(Listing pool) {
    Listing.Standing standing = pool.standing();
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", pool.id().toString())
            .add("name", pool.name())
            .add("owner", pool.owner().toString())
            .add("template", pool.template())
            .add("chainPoolId", pool.chainPoolId())
            .add("state", standing.state().name())
            .add("poolUrl", settings.publicUrl() + "/pools/" + pool.id())
            .add("url", settings.publicUrl() + "/api/pools/" + pool.id())
            .add("createdAt", standing.createdAt().toString());
    terms(json, pool.spec());
    money(json, standing.money());
    json.add("slotsTaken", standing.slotsTaken());
    if (standing.inputs() != null) {
      json.add("inputs", inputs(standing.inputs()));
    }
    if (standing.stateReason() != null) {
      json.add("stateReason", standing.stateReason());
    }
    return standing.closedAt() == null
        ? json
        : json.add("closedAt", standing.closedAt().toString());
  }

  private static void terms(JsonObjectBuilder json, JsonObject spec) {
    json.add("price", spec.get("price"))
        .add("maxPerJob", spec.get("maxPerJob"))
        .add("deposit", spec.get("deposit"))
        .add("verification", spec.get("verification"))
        .add("access", spec.get("access"))
        .add("slotLimit", spec.get("slots"))
        .add("perUser", spec.get("perUser"));
  }

  private static void money(JsonObjectBuilder json, Listing.Money money) {
    json.add("deposited", money.deposited().toString())
        .add("spent", money.spent().toString())
        .add("reserved", money.reserved().toString())
        .add("available", money.available().toString());
  }

  private static JsonObjectBuilder inputs(Listing.Inputs inputs) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("total", inputs.total())
            .add("done", inputs.done())
            .add("failed", inputs.failed())
            .add("running", inputs.running())
            .add("left", inputs.left())
            .add("brought", inputs.brought());
    inputs.secondsLeft().ifPresent(seconds -> json.add("secondsLeft", seconds));
    return json;
  }

  private JsonObjectBuilder slot(SlotView slot) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", slot.id().toString())
            .add("ordinal", slot.ordinal())
            .add("provider", slot.provider().toString())
            .add("state", slot.state().name())
            .add("jobsDone", slot.jobsDone());
    String software = slot.software();
    if (software != null) {
      Software.parse(software).ifPresent(known -> json.add("software", known.toString()));
      json.add("standing", skew.standing(software).word());
    }
    return slot.containerId() == null ? json : json.add("containerId", slot.containerId());
  }
}
