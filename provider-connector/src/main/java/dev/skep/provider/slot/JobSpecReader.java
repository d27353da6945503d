package dev.skep.provider.slot;

import dev.skep.protocol.pool.DependencyLock;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.runtime.DependencyLayer;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.Resources;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what the queen says a pool's job is. It comes from a stranger: the program's hash is
 * checked, and no path is taken from it.
 *
 * @param data finds the pool's data sets and models
 * @param layers makes the folder of a pool's packages, when a slot first needs it
 */
public record JobSpecReader(
    DataReader data, Duration initLimit, Function<DependencyLock, DependencyLayer> layers) {
  private static final int MOST_OUTPUT = 1 << 20;

  /** Of a pool that is only looked at. */
  private static final DataReader UNREAD =
      new DataReader(
          Path.of("."),
          (name, set) ->
              () -> {
                throw new IllegalStateException("nobody joined");
              });

  public JobSpec read(JsonObject job) {
    JsonObject spec = job.getJsonObject("spec");
    JobSpec read =
        new JobSpec(
            Base64.getDecoder().decode(job.getString("program")),
            job.getString("programSha256").replaceFirst("^0x", ""),
            ImageRef.parse(spec.getString("image")),
            resources(spec.getJsonObject("resources")),
            data.models(spec),
            maxOutput(spec),
            initLimit,
            JobSettingReader.read(job, layers, data));
    read.checkProgram();
    return read;
  }

  /** What a pool's slots want of a machine, by its public definition; without its program. */
  public static JobSpec wants(JsonObject spec) {
    JsonObject job = Json.createObjectBuilder().add("spec", spec).build();
    return new JobSpec(
        new byte[0],
        "",
        ImageRef.parse(spec.getString("image")),
        resources(spec.getJsonObject("resources")),
        List.of(),
        maxOutput(spec),
        Duration.ZERO,
        JobSettingReader.read(job, lock -> DependencyLayer.NONE, UNREAD));
  }

  private static Resources resources(JsonObject json) {
    BigDecimal cpus = json.getJsonNumber("cpus").bigDecimalValue();
    return new Resources(
        cpus.movePointRight(3).intValue(),
        json.getJsonNumber("memory").longValueExact(),
        json.getJsonNumber("pids").intValueExact(),
        json.getJsonNumber("tmp").longValueExact(),
        json.getInt("gpus", 0));
  }

  private static int maxOutput(JsonObject spec) {
    JsonObject output = spec.getJsonObject("output");
    JsonNumber most = output == null ? null : output.getJsonNumber("maxBytes");
    return most == null ? MOST_OUTPUT : Math.min(MOST_OUTPUT, most.intValueExact());
  }
}
