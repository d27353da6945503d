package dev.skep.provider.slot;

import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.runtime.DependencyLayer;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.Resources;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
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
  private static final int MOST_OUTPUT = WireLimits.MAX_BLOB;

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

  private static Resources resources(JsonObject json) {
    BigDecimal cpus = json.getJsonNumber("cpus").bigDecimalValue();
    return new Resources(
        cpus.movePointRight(3).intValue(),
        json.getJsonNumber("memory").longValueExact(),
        json.getJsonNumber("pids").intValueExact(),
        json.getJsonNumber("tmp").longValueExact());
  }

  private static int maxOutput(JsonObject spec) {
    JsonObject output = spec.getJsonObject("output");
    JsonNumber most = output == null ? null : output.getJsonNumber("maxBytes");
    return most == null ? WireLimits.MAX_OUTPUT : Math.min(MOST_OUTPUT, most.intValueExact());
  }
}
