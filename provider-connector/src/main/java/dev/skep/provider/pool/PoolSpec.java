package dev.skep.provider.pool;

import dev.skep.protocol.data.DataSet;
import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.ProgramRuntime;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The JSON form of a pool's config as the queen takes it: the keys of the file, amounts as decimal
 * strings of the smallest unit, times in milliseconds, sizes in bytes.
 */
public final class PoolSpec {
  /** Of the file's schema. */
  public static final int VERSION = 1;

  private PoolSpec() {}

  /**
   * What the files beside the config say.
   *
   * @param runtime what the program is written in
   * @param dependencies its packages, pinned; empty when it needs none
   * @param inputs how many a finite pool has; empty for an open one
   * @param data its data sets, by their names
   * @param models those of its models that travel with it, by their names
   */
  public record Files(
      ProgramRuntime runtime,
      Optional<DependencyLock> dependencies,
      OptionalInt inputs,
      Map<String, DataSet> data,
      Map<String, DataSet> models) {

    /** Of a pool that brings no data. */
    public Files(
        ProgramRuntime runtime, Optional<DependencyLock> dependencies, OptionalInt inputs) {
      this(runtime, dependencies, inputs, Map.of(), Map.of());
    }
  }

  public static JsonObject of(PoolConfig config, Files files) {
    PoolConfig.Job job = config.job();
    ProgramRuntime runtime = files.runtime();
    JsonObjectBuilder spec = Json.createObjectBuilder();
    spec.add("version", VERSION).add("name", config.name()).add("runtime", runtime(runtime));
    spec.add("image", job.image().orElse(runtime.language().word()));
    spec.add("resources", resources(job.resources()));
    spec.add("models", models(job, files.models())).add("data", data(files.data()));
    spec.add("network", network(job.network()));
    spec.add("env", env(job.env())).add("secrets", Json.createArrayBuilder(job.secrets()));
    files.dependencies().ifPresent(lock -> spec.add("dependencies", lock.json()));
    files.inputs().ifPresent(n -> spec.add("inputs", Json.createObjectBuilder().add("count", n)));
    spec.add("slots", config.seats().slots()).add("perUser", config.seats().perUser());
    spec.add("price", price(config.money()));
    spec.add("maxPerJob", config.money().maxPerJob().toString());
    spec.add("deposit", config.money().deposit().toString());
    spec.add("verification", verification(config.verification()));
    spec.add("deadlines", deadlines(config.runs().deadlines()));
    spec.add("retries", config.runs().retries());
    spec.add("input", Json.createObjectBuilder().add("maxBytes", config.runs().maxInputBytes()));
    spec.add("output", Json.createObjectBuilder().add("maxBytes", config.runs().maxOutputBytes()));
    return spec.add("access", config.access()).build();
  }

  private static JsonObject resources(PoolConfig.Resources resources) {
    return Json.createObjectBuilder()
        .add("cpus", resources.cpus())
        .add("memory", resources.memory())
        .add("pids", resources.pids())
        .add("tmp", resources.tmp())
        .add("disk", resources.disk())
        .add("gpus", resources.gpus())
        .add("vram", resources.vram())
        .build();
  }

  private static JsonObject runtime(ProgramRuntime runtime) {
    return Json.createObjectBuilder()
        .add("language", runtime.language().word())
        .add("version", runtime.version())
        .build();
  }

  private static JsonObject network(NetworkPolicy network) {
    JsonArrayBuilder allow = Json.createArrayBuilder();
    network.allow().forEach(place -> allow.add(place.toString()));
    return Json.createObjectBuilder().add("allow", allow).build();
  }

  private static JsonObjectBuilder env(JobVariables env) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    env.values().forEach(json::add);
    return json;
  }

  /** Where the owner keeps a model is nobody else's business. */
  private static JsonArrayBuilder models(PoolConfig.Job job, Map<String, DataSet> brought) {
    JsonArrayBuilder models = Json.createArrayBuilder();
    for (PoolConfig.Model model : job.models()) {
      JsonObjectBuilder json = Json.createObjectBuilder().add("name", model.name());
      DataSet files = brought.get(model.name());
      if (files != null) {
        files.addTo(json);
      } else if (!model.sha256().isEmpty()) {
        json.add("sha256", model.sha256());
      }
      models.add(json);
    }
    return models;
  }

  private static JsonArrayBuilder data(Map<String, DataSet> sets) {
    JsonArrayBuilder data = Json.createArrayBuilder();
    sets.forEach((name, set) -> data.add(set.addTo(Json.createObjectBuilder().add("name", name))));
    return data;
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
