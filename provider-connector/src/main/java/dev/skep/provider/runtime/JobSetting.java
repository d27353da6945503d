package dev.skep.provider.runtime;

import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.PoolCheck;
import dev.skep.protocol.pool.ProgramRuntime;
import java.util.Optional;

/**
 * What surrounds a program: its language, its packages, its network and its variables.
 *
 * @param check what a fresh container must answer before its first job, if the pool says so
 */
public record JobSetting(
    ProgramRuntime runtime,
    DependencyLayer dependencies,
    NetworkPolicy network,
    JobVariables env,
    Optional<PoolCheck> check) {

  /** Our own Python, no packages, no network, no variables. */
  public static final JobSetting DEFAULT = of(ProgramRuntime.PYTHON);

  /** A language and nothing else. */
  public static JobSetting of(ProgramRuntime runtime) {
    return new JobSetting(
        runtime, DependencyLayer.NONE, NetworkPolicy.NONE, JobVariables.NONE, Optional.empty());
  }

  public JobSetting withNetwork(NetworkPolicy other) {
    return new JobSetting(runtime, dependencies, other, env, check);
  }

  public JobSetting withEnv(JobVariables other) {
    return new JobSetting(runtime, dependencies, network, other, check);
  }

  public JobSetting withCheck(PoolCheck other) {
    return new JobSetting(runtime, dependencies, network, env, Optional.of(other));
  }
}
