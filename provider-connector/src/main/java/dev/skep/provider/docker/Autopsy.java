package dev.skep.provider.docker;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.RuntimeProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a worker's connection ended although nobody ended it: the job, the machine, or the
 * engine.
 */
final class Autopsy {

  private static final long PATIENCE_SECONDS = 10;
  private static final long TERMINATED = 143;
  private static final long KILLED = 137;

  private final DockerEngine engine;

  Autopsy(DockerEngine engine) {
    this.engine = engine;
  }

  /** The cause of death, as the problem of the job (or init) that was running. */
  SkepException of(String containerId) {
    try {
      awaitEnd(containerId);
      return explain(
          engine.call(docker -> docker.inspectContainerCmd(containerId).exec()).getState());
    } catch (NotFoundException e) {
      return RuntimeProblem.RUNTIME_UNAVAILABLE.because(
          "somebody removed the container while it was in use");
    } catch (SkepException e) {
      return e;
    }
  }

  private void awaitEnd(String containerId) {
    engine.call(
        docker -> {
          try (var wait =
              docker.waitContainerCmd(containerId).exec(new WaitContainerResultCallback())) {
            return wait.awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a container", e);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static SkepException explain(ContainerState state) {
    long exit = state.getExitCodeLong() == null ? 0 : state.getExitCodeLong();
    if (isTrue(state.getRunning())) {
      return RuntimeProblem.WORKER_PROTOCOL.because(
          "the worker closed its connection but stayed alive");
    } else if (isTrue(state.getOOMKilled())) {
      return RuntimeProblem.OUT_OF_MEMORY.because(
          "the container needed more memory than its limit and was killed");
    } else if (exit == TERMINATED || exit == KILLED) {
      // An engine that stops ends its containers so; a job cannot be blamed for it.
      return RuntimeProblem.RUNTIME_UNAVAILABLE.because(
          "the container was ended from outside, exit " + exit);
    }
    return RuntimeProblem.JOB_EXITED.because(
        "the program ended its process with exit status " + exit);
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
