package dev.skep.provider.hardware;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OSFileStore;

/** Reads the machine through OSHI, graphics processors through nvidia-smi. */
public final class HardwareProbe {
  private static final Set<String> REAL_DISKS =
      Set.of("ext4", "ext3", "xfs", "btrfs", "zfs", "overlay", "apfs", "ntfs", "f2fs");
  private static final long LEAST_DISK = 1L << 30;

  private HardwareProbe() {}

  public static Hardware probe() {
    SystemInfo system = new SystemInfo();
    return new Hardware(
        String.valueOf(system.getOperatingSystem()),
        processor(system.getHardware().getProcessor()),
        memory(system.getHardware().getMemory()),
        NvidiaSmi.list(),
        disks(system));
  }

  /** Bytes of memory that a new process could have now. */
  public static long freeMemory() {
    return new SystemInfo().getHardware().getMemory().getAvailable();
  }

  private static Hardware.Processor processor(CentralProcessor processor) {
    return new Hardware.Processor(
        processor.getProcessorIdentifier().getName().strip(),
        processor.getPhysicalProcessorCount(),
        processor.getLogicalProcessorCount(),
        Math.max(0, processor.getMaxFreq()) / 1e9);
  }

  private static Hardware.Memory memory(GlobalMemory memory) {
    return new Hardware.Memory(memory.getTotal(), memory.getAvailable());
  }

  /** Each device once, largest first; mounts of the same device are one disk. */
  private static List<Hardware.Disk> disks(SystemInfo system) {
    Set<String> seen = new HashSet<>();
    return system.getOperatingSystem().getFileSystem().getFileStores(true).stream()
        .filter(store -> REAL_DISKS.contains(store.getType()))
        .filter(store -> store.getTotalSpace() >= LEAST_DISK)
        .sorted(Comparator.comparingInt(store -> store.getMount().length()))
        .filter(store -> seen.add(store.getVolume() + store.getTotalSpace()))
        .map(HardwareProbe::disk)
        .toList();
  }

  private static Hardware.Disk disk(OSFileStore store) {
    return new Hardware.Disk(
        store.getMount(), store.getType(), store.getTotalSpace(), store.getUsableSpace());
  }
}
