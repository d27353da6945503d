package dev.skep.provider.slot;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.Destination;
import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.PoolCheck;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.provider.runtime.DependencyLayer;
import dev.skep.provider.runtime.JobSetting;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pool's language, packages, network and variables; a spec without them is an older one.
 */
final class JobSettingReader {
  private JobSettingReader() {}

  /** {@code job} has the opened secrets beside its spec, when its pool has any. */
  static JobSetting read(
      JsonObject job, Function<DependencyLock, DependencyLayer> layers, DataReader data) {
    JsonObject spec = job.getJsonObject("spec");
    try {
      JsonObject lock = spec.getJsonObject("dependencies");
      return new JobSetting(
          runtime(spec),
          lock == null ? DependencyLayer.NONE : layers.apply(DependencyLock.read(lock)),
          data.data(spec),
          network(spec),
          env(spec, job.getJsonObject("secrets")),
          Optional.ofNullable(spec.getJsonObject("check")).map(PoolCheck::read));
    } catch (IllegalArgumentException e) {
      throw SkepException.of("spec-invalid", 422)
          .fault(Fault.CALLER)
          .because("this connector does not take the pool's definition: " + e.getMessage())
          .hint("Tell the pool's owner, or join another pool: skep pool list")
          .causedBy(e);
    }
  }

  private static ProgramRuntime runtime(JsonObject spec) {
    JsonObject runtime = spec.getJsonObject("runtime");
    return runtime == null
        ? ProgramRuntime.PYTHON
        : new ProgramRuntime(
            Language.parse(runtime.getString("language")), runtime.getString("version"));
  }

  private static NetworkPolicy network(JsonObject spec) {
    JsonObject network = spec.getJsonObject("network");
    return network == null
        ? NetworkPolicy.NONE
        : new NetworkPolicy(
            network.getJsonArray("allow").getValuesAs(JsonString.class).stream()
                .map(text -> Destination.parse(text.getString()))
                .toList());
  }

  private static JobVariables env(JsonObject spec, @Nullable JsonObject secrets) {
    JsonObject env = spec.getJsonObject("env");
    Map<String, String> values = new TreeMap<>();
    if (env != null) {
      env.keySet().forEach(name -> values.put(name, env.getString(name)));
    }
    if (secrets != null) {
      secrets.keySet().forEach(name -> values.put(name, secrets.getString(name)));
    }
    return new JobVariables(values);
  }
}
