package dev.skep.provider.docker;

import dev.skep.provider.runtime.JobSpec;
import java.util.List;

/**
 * How a worker is started in its container, by the language of its program.
 *
 * @param file the program's name under {@code /job}
 * @param entrypoint the SDK's runner, which every image has at the same place
 * @param environment what the language itself wants to be told
 */
record WorkerCommand(String file, List<String> entrypoint, List<String> environment) {

  static WorkerCommand of(JobSpec spec) {
    return switch (spec.runtime().language()) {
      case PYTHON -> python();
      case NODE -> node(spec.resources().memoryBytes());
    };
  }

  private static WorkerCommand python() {
    return new WorkerCommand(
        "job.py",
        List.of("python3", "-m", "sdk.runner", "/job/job.py"),
        List.of("PYTHONDONTWRITEBYTECODE=1", "PYTHONHASHSEED=0"));
  }

  /**
   * The heap may take all of the container's memory: then it is the container's limit that ends a
   * greedy job, and the outcome says so. Left alone, Node stops earlier and only says that it died.
   */
  private static WorkerCommand node(long memoryBytes) {
    String heap = "--max-old-space-size=" + (memoryBytes >> 20);
    return new WorkerCommand(
        "job.mjs", List.of("node", heap, "/node_modules/sdk/runner.js", "/job/job.mjs"), List.of());
  }
}
