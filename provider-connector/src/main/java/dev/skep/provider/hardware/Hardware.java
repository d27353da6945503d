package dev.skep.provider.hardware;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a machine has; sizes in bytes. */
public record Hardware(
    String system, Processor processor, Memory memory, List<Gpu> gpus, List<Disk> disks) {

  public record Processor(String model, int cores, int threads, double maxGigahertz) {}

  public record Memory(long total, long available) {}

  /** The same machine with those graphics cards only; they are numbered from 0 as they stand. */
  public Hardware lending(IntPredicate cards) {
    List<Gpu> lent = IntStream.range(0, gpus.size()).filter(cards).mapToObj(gpus::get).toList();
    return new Hardware(system, processor, memory, lent, disks);
  }

  /** A graphics processor as nvidia-smi names it. */
  public record Gpu(String name, long memory, String driver) {}

  public record Disk(String mount, String type, long total, long free) {}
}
