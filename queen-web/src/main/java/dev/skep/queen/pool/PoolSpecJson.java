package dev.skep.queen.pool;

import dev.skep.queen.rest.Members;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A spec as it is stored, shown and sent to connectors: every default spelled out. */
final class PoolSpecJson {
  private PoolSpecJson() {}

  static JsonObject of(PoolSpec spec) {
    JsonObjectBuilder json =
        Json.createObjectBuilder(JobJson.of(spec.job()))
            .add("slots", spec.slots())
            .add("perUser", spec.perUser())
            .add("price", price(spec.price()))
            .add("maxPerJob", spec.maxPerJob().toString())
            .add("deposit", spec.deposit().toString())
            .add("verification", verification(spec.verification()))
            .add("deadlines", deadlines(spec.deadlines()))
            .add("input", Json.createObjectBuilder().add("maxBytes", spec.maxInputBytes()))
            .add("output", Json.createObjectBuilder().add("maxBytes", spec.maxOutputBytes()))
            .add("retries", spec.retries())
            .add("access", Members.asWord(spec.access()));
    if (spec.inputs() > 0) {
      json.add("inputs", Json.createObjectBuilder().add("count", spec.inputs()));
    }
    return json.build();
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
