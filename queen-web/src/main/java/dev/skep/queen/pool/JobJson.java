package dev.skep.queen.pool;

import dev.skep.queen.pool.PoolSpec.Model;
import dev.skep.queen.pool.PoolSpec.Resources;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** What a slot is made of, as a spec says it. */
final class JobJson {
  private JobJson() {}

  static JsonObject of(PoolSpec.Job job) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("version", 1)
            .add(
                "runtime",
                Json.createObjectBuilder()
                    .add("language", job.runtime().language().word())
                    .add("version", job.runtime().version()))
            .add("image", job.image())
            .add("resources", resources(job.resources()))
            .add("models", models(job))
            .add("data", data(job))
            .add("network", Json.createObjectBuilder().add("allow", allow(job)))
            .add("env", env(job))
            .add("secrets", Json.createArrayBuilder(job.secrets()));
    if (job.check() != null) {
      json.add("check", job.check().json());
    }
    return job.dependencies() == null
        ? json.build()
        : json.add("dependencies", job.dependencies().json()).build();
  }

  private static JsonObjectBuilder resources(Resources resources) {
    return Json.createObjectBuilder()
        .add("cpus", resources.cpus())
        .add("memory", resources.memoryBytes())
        .add("pids", resources.pids())
        .add("tmp", resources.tmpBytes())
        .add("disk", resources.needs().diskBytes())
        .add("gpus", resources.needs().gpus())
        .add("vram", resources.needs().vramBytes());
  }

  private static JsonArrayBuilder models(PoolSpec.Job job) {
    JsonArrayBuilder models = Json.createArrayBuilder();
    job.models().forEach(model -> models.add(model(model)));
    return models;
  }

  private static JsonObjectBuilder model(Model model) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("name", model.name());
    if (model.files() != null) {
      return model.files().addTo(json);
    }
    return model.sha256() == null ? json : json.add("sha256", model.sha256());
  }

  private static JsonArrayBuilder data(PoolSpec.Job job) {
    JsonArrayBuilder data = Json.createArrayBuilder();
    job.data()
        .forEach(
            each ->
                data.add(each.files().addTo(Json.createObjectBuilder().add("name", each.name()))));
    return data;
  }

  private static JsonArrayBuilder allow(PoolSpec.Job job) {
    JsonArrayBuilder allow = Json.createArrayBuilder();
    job.network().allow().forEach(place -> allow.add(place.toString()));
    return allow;
  }

  private static JsonObjectBuilder env(PoolSpec.Job job) {
    JsonObjectBuilder env = Json.createObjectBuilder();
    job.env().values().forEach(env::add);
    return env;
  }
}
