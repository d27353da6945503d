package dev.skep.provider.runtime;

import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.ProgramRuntime;

/** What surrounds a program: its language, its packages, its network and its variables. */
public record JobSetting(
    ProgramRuntime runtime, DependencyLayer dependencies, NetworkPolicy network, JobVariables env) {

  /** Our own Python, no packages, no network, no variables. */
  public static final JobSetting DEFAULT = of(ProgramRuntime.PYTHON);

  /** A language and nothing else. */
  public static JobSetting of(ProgramRuntime runtime) {
    return new JobSetting(runtime, DependencyLayer.NONE, NetworkPolicy.NONE, JobVariables.NONE);
  }

  public JobSetting withNetwork(NetworkPolicy other) {
    return new JobSetting(runtime, dependencies, other, env);
  }

  public JobSetting withEnv(JobVariables other) {
    return new JobSetting(runtime, dependencies, network, other);
  }
}
