package dev.skep.provider.runtime;

import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.ProgramRuntime;
import java.util.List;

/**
 * What surrounds a program: its language, its packages, its data, its network and its variables.
 */
public record JobSetting(
    ProgramRuntime runtime,
    DependencyLayer dependencies,
    List<DataMount> data,
    NetworkPolicy network,
    JobVariables env) {

  public JobSetting {
    data = List.copyOf(data);
  }

  /** Our own Python, no packages, no data, no network, no variables. */
  public static final JobSetting DEFAULT = of(ProgramRuntime.PYTHON);

  /** A language and nothing else. */
  public static JobSetting of(ProgramRuntime runtime) {
    return new JobSetting(
        runtime, DependencyLayer.NONE, List.of(), NetworkPolicy.NONE, JobVariables.NONE);
  }

  public JobSetting withNetwork(NetworkPolicy other) {
    return new JobSetting(runtime, dependencies, data, other, env);
  }

  public JobSetting withEnv(JobVariables other) {
    return new JobSetting(runtime, dependencies, data, network, other);
  }
}
