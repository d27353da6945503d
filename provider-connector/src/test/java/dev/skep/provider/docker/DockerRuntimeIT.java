package dev.skep.provider.docker;

import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobRuntimeContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerRuntimeIT implements JobRuntimeContract {

  private static DockerRuntime runtime;

  @BeforeAll
  static void open() {
    runtime = DockerRuntime.open(DockerSettings.standard());
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  @Override
  public JobRuntime runtime() {
    return runtime;
  }
}
