package dev.skep.provider.hardware;

import dev.skep.provider.limit.MachineUse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/**
 * Reads this machine: the load of all processors without what this process and its containers used
 * of them. Where the containers' time cannot be read their use counts as others'.
 */
public final class OshiUse implements MachineUse {
  private final CentralProcessor processor = new SystemInfo().getHardware().getProcessor();
  private final ContainerTimes times = new ContainerTimes(ContainerTimes.STANDARD);
  private final Supplier<List<String>> containers;
  private long[] ticks;
  private Map<String, Long> own;
  private long readNanos;

  /** {@code containers} tells the ids of our own. */
  public OshiUse(Supplier<List<String>> containers) {
    this.containers = containers;
    this.ticks = processor.getSystemCpuLoadTicks();
    this.own = own();
    this.readNanos = System.nanoTime();
  }

  @Override
  public synchronized double othersLoad() {
    double load = processor.getSystemCpuLoadBetweenTicks(ticks);
    Map<String, Long> now = own();
    long nanos = System.nanoTime();
    double capacity =
        (double) Math.max(1, nanos - readNanos) * processor.getLogicalProcessorCount();
    double others = load - grown(own, now) / capacity;
    ticks = processor.getSystemCpuLoadTicks();
    own = now;
    readNanos = nanos;
    return Math.min(1, Math.max(0, others));
  }

  private Map<String, Long> own() {
    Map<String, Long> all = new HashMap<>(times.of(containers.get()));
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(time -> all.put("this process", time.toNanos()));
    return all;
  }

  /** A container that was not there before began with nothing. */
  static long grown(Map<String, Long> before, Map<String, Long> now) {
    return now.entrySet().stream()
        .mapToLong(one -> one.getValue() - before.getOrDefault(one.getKey(), 0L))
        .sum();
  }

  @Override
  public Optional<Duration> sinceInput() {
    return Terminals.sinceInput(Terminals.STANDARD, Instant.now());
  }
}
