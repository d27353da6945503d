package dev.skep.provider.runtime;

import dev.skep.protocol.id.SlotId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A runtime without Docker ({@code --runtime fake}): does what the program's {@code #fake} lines
 * say, see {@link FakeScript}. It runs nobody's code, so it is safe anywhere, and keeps the port's
 * promises: the same contract test runs against it and against Docker.
 */
public final class FakeRuntime implements JobRuntime {

  private final AtomicInteger started = new AtomicInteger();
  private final Set<FakeSlot> slots = ConcurrentHashMap.newKeySet();

  @Override
  public WarmSlot start(SlotId slot, JobSpec spec) {
    spec.checkProgram();
    FakeScript script = FakeScript.of(spec.program());
    String failure = script.initFailure();
    if (failure != null) {
      throw RuntimeProblem.INIT_FAILED.because("init raised RuntimeError: " + failure);
    }
    FakeSlot warm =
        new FakeSlot("fake-" + started.incrementAndGet(), script, spec.maxOutputBytes());
    slots.add(warm);
    return warm;
  }

  @Override
  public List<Finding> findings() {
    return List.of(
        new Finding(
            Finding.Severity.WARNING,
            "fake-runtime",
            "No code is run: jobs are answered by the fake runtime.",
            "Start the connector with --runtime docker to run real jobs."));
  }

  @Override
  public void close() {
    slots.forEach(FakeSlot::close);
  }
}
