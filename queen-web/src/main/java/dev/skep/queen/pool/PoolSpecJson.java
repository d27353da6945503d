package dev.skep.queen.pool;

import dev.skep.queen.pool.PoolSpec.Model;
import dev.skep.queen.rest.Members;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A spec as it is stored, shown and sent to connectors: every default spelled out. */
final class PoolSpecJson {
  private PoolSpecJson() {}

  static JsonObject of(PoolSpec spec) {
    return Json.createObjectBuilder()
        .add("image", spec.image())
        .add("resources", resources(spec.resources()))
        .add("models", models(spec))
        .add("slots", spec.slots())
        .add("perUser", spec.perUser())
        .add("price", price(spec.price()))
        .add("maxPerJob", spec.maxPerJob().toString())
        .add("deposit", spec.deposit().toString())
        .add("verification", verification(spec.verification()))
        .add("deadlines", deadlines(spec.deadlines()))
        .add("output", Json.createObjectBuilder().add("maxBytes", spec.maxOutputBytes()))
        .add("access", Members.asWord(spec.access()))
        .build();
  }

  private static JsonObjectBuilder resources(PoolSpec.Resources resources) {
    return Json.createObjectBuilder()
        .add("cpus", resources.cpus())
        .add("memory", resources.memoryBytes())
        .add("pids", resources.pids())
        .add("tmp", resources.tmpBytes());
  }

  private static JsonArrayBuilder models(PoolSpec spec) {
    JsonArrayBuilder models = Json.createArrayBuilder();
    spec.models().forEach(model -> models.add(model(model)));
    return models;
  }

  private static JsonObjectBuilder model(Model model) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("name", model.name());
    return model.path() == null ? json : json.add("path", model.path());
  }

  static JsonObjectBuilder price(PoolSpec.Price price) {
    return Json.createObjectBuilder()
        .add("perJob", price.perJob().toString())
        .add("perSecond", price.perSecond().toString());
  }

  private static JsonObjectBuilder verification(PoolSpec.Verification verification) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("policy", Members.asWord(verification.policy()))
            .add("copies", verification.copies())
            .add("agree", verification.agree())
            .add("distinct", Members.asWord(verification.distinct()));
    return verification.policy() == PoolSpec.Policy.NONE ? json.add("trustProviders", true) : json;
  }

  private static JsonObjectBuilder deadlines(PoolSpec.Deadlines deadlines) {
    return Json.createObjectBuilder()
        .add("queueMillis", deadlines.queueMillis())
        .add("runMillis", deadlines.runMillis())
        .add("totalMillis", deadlines.totalMillis());
  }
}
