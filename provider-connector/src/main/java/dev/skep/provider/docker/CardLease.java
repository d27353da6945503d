package dev.skep.provider.docker;

import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.RuntimeProblem;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The graphics cards of one slot, perhaps none, and how the engine is asked for them. */
final class CardLease implements AutoCloseable {

  private final List<String> ids;
  private final Runnable giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();

  CardLease(List<String> ids, Runnable giveBack) {
    this.ids = List.copyOf(ids);
    this.giveBack = giveBack;
  }

  List<String> ids() {
    return ids;
  }

  void grant(HostConfig config) {
    if (!ids.isEmpty()) {
      config.withDeviceRequests(
          List.of(
              new DeviceRequest()
                  .withDriver("")
                  .withDeviceIds(ids)
                  .withCapabilities(List.of(List.of("gpu")))));
    }
  }

  /**
   * Goes after all other variables: where NVIDIA's is the engine's own runtime, an image or a pool
   * that names cards in its environment would get them.
   */
  List<String> environment() {
    return ids.isEmpty()
        ? List.of("NVIDIA_VISIBLE_DEVICES=void")
        : List.of(
            "NVIDIA_VISIBLE_DEVICES=" + String.join(",", ids),
            "NVIDIA_DRIVER_CAPABILITIES=compute,utility");
  }

  /** What the engine's refusal to start the container means; the same when cards are not why. */
  SkepException explain(SkepException refusal) {
    String why = String.valueOf(refusal.getMessage());
    if (why.contains("could not select device driver")) {
      return RuntimeProblem.GPU_TOOLKIT_MISSING
          .because("Docker cannot give graphics cards to containers here")
          .causedBy(refusal);
    }
    boolean byDriver = !ids.isEmpty() && why.contains("nvidia");
    return byDriver ? RuntimeProblem.GPU_UNUSABLE.because(why).causedBy(refusal) : refusal;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
