package dev.skep.provider.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.JobVariables;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes the values of a pool's secrets from the environment of its owner. */
public final class OwnerSecrets {
  private OwnerSecrets() {}

  /** A value for each name; {@code secret-missing} names the one that has none. */
  public static JobVariables of(List<String> names, Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>();
    for (String name : names) {
      String value = environment.getOrDefault(name, "");
      if (value.isEmpty()) {
        throw SkepException.of("secret-missing", 400)
            .fault(Fault.CALLER)
            .because("the secret " + name + " is not in the environment of this command")
            .hint("Give it for this one command: " + name + "=... skep pool new ...");
      }
      values.put(name, value);
    }
    return new JobVariables(values);
  }
}
