package dev.skep.provider.runtime;

import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.PoolCheck;
import dev.skep.protocol.pool.ProgramRuntime;
import java.util.List;
import java.util.Optional;

/**
 * What surrounds a program: its language, its packages, its data, its network and its variables.
 *
 * @param check what a fresh container must answer before its first job, if the pool says so
 */
public record JobSetting(
    ProgramRuntime runtime,
    DependencyLayer dependencies,
    List<DataMount> data,
    NetworkPolicy network,
    JobVariables env,
    Optional<PoolCheck> check) {

  public JobSetting {
    data = List.copyOf(data);
  }

  /** Our own Python, no packages, no data, no network, no variables. */
  public static final JobSetting DEFAULT = of(ProgramRuntime.PYTHON);

  /** A language and nothing else. */
  public static JobSetting of(ProgramRuntime runtime) {
    return new JobSetting(
        runtime,
        DependencyLayer.NONE,
        List.of(),
        NetworkPolicy.NONE,
        JobVariables.NONE,
        Optional.empty());
  }

  public JobSetting withNetwork(NetworkPolicy other) {
    return new JobSetting(runtime, dependencies, data, other, env, check);
  }

  public JobSetting withEnv(JobVariables other) {
    return new JobSetting(runtime, dependencies, data, network, other, check);
  }

  public JobSetting withCheck(PoolCheck other) {
    return new JobSetting(runtime, dependencies, data, network, env, Optional.of(other));
  }
}
