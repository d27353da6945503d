package dev.skep.provider.pool;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * The JSON form of a pool's config as the queen takes it: the keys of the file, amounts as decimal
 * strings of the smallest unit, times in milliseconds, sizes in bytes.
 */
public final class PoolSpec {
  private PoolSpec() {}

  public static JsonObject of(PoolConfig config) {
    JsonObjectBuilder spec = Json.createObjectBuilder();
    spec.add("name", config.name()).add("image", config.image().name());
    spec.add("resources", resources(config.image().resources()));
    spec.add("models", models(config));
    spec.add("slots", config.seats().slots()).add("perUser", config.seats().perUser());
    spec.add("price", price(config.money()));
    spec.add("maxPerJob", config.money().maxPerJob().toString());
    spec.add("deposit", config.money().deposit().toString());
    spec.add("verification", verification(config.verification()));
    spec.add("deadlines", deadlines(config.deadlines()));
    spec.add("output", Json.createObjectBuilder().add("maxBytes", config.maxOutputBytes()));
    return spec.add("access", config.access()).build();
  }

  private static JsonObject resources(PoolConfig.Resources resources) {
    return Json.createObjectBuilder()
        .add("cpus", resources.cpus())
        .add("memory", resources.memory())
        .add("pids", resources.pids())
        .add("tmp", resources.tmp())
        .build();
  }

  /** Only the names travel: where the owner keeps a model is nobody else's business. */
  private static JsonArrayBuilder models(PoolConfig config) {
    JsonArrayBuilder models = Json.createArrayBuilder();
    config
        .image()
        .models()
        .forEach(model -> models.add(Json.createObjectBuilder().add("name", model.name())));
    return models;
  }

  private static JsonObject price(PoolConfig.Money money) {
    return Json.createObjectBuilder()
        .add("perJob", money.perJob().toString())
        .add("perSecond", money.perSecond().toString())
        .build();
  }

  private static JsonObject verification(PoolConfig.Verification verification) {
    return Json.createObjectBuilder()
        .add("policy", verification.policy())
        .add("copies", verification.copies())
        .add("agree", verification.agree())
        .add("distinct", verification.distinct())
        .add("trustProviders", verification.trustProviders())
        .build();
  }

  private static JsonObject deadlines(PoolConfig.Deadlines deadlines) {
    return Json.createObjectBuilder()
        .add("queueMillis", deadlines.queue().toMillis())
        .add("runMillis", deadlines.run().toMillis())
        .add("totalMillis", deadlines.total().toMillis())
        .build();
  }
}
