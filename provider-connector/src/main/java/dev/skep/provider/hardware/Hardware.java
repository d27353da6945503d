package dev.skep.provider.hardware;

import java.util.List;

/** What a machine has; sizes in bytes. */
public record Hardware(
    String system, Processor processor, Memory memory, List<Gpu> gpus, List<Disk> disks) {

  public record Processor(String model, int cores, int threads, double maxGigahertz) {}

  public record Memory(long total, long available) {}

  /** A graphics processor as nvidia-smi names it. */
  public record Gpu(String name, long memory, String driver) {}

  public record Disk(String mount, String type, long total, long free) {}
}
