package dev.skep.provider.hardware;

import dev.skep.provider.pool.Quantity;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** What about a machine keeps it from earning, and what its owner can do about it. */
public final class Fitness {
  private static final long LITTLE_MEMORY = 512L << 20;
  private static final long LITTLE_DISK = 2L << 30;
  private static final double SLOW_DISK = 20 << 20;
  private static final double SLOW_NETWORK = 1 << 20;
  private static final double FAR_MILLIS = 300;

  private Fitness() {}

  public static List<Finding> of(Hardware machine, Speeds speeds) {
    List<Finding> findings = new ArrayList<>(of(machine));
    if (speeds.diskWrite() < SLOW_DISK) {
      findings.add(
          warning(
              "disk-slow",
              "the disk takes " + Quantity.about((long) speeds.diskWrite()) + " a second",
              "Set SKEP_HOME to a folder on a faster disk: containers and packages start from it."));
    }
    speeds.network().ifPresent(network -> findings.addAll(of(network)));
    return findings;
  }

  private static List<Finding> of(Hardware machine) {
    List<Finding> findings = new ArrayList<>();
    long memory = machine.memory().available();
    if (memory < LITTLE_MEMORY) {
      findings.add(
          warning(
              "memory-low",
              Quantity.about(memory) + " of memory are free; a slot takes 256 MiB or more",
              "End what takes memory, or join pools with small slots."));
    }
    long disk = machine.disks().stream().mapToLong(Hardware.Disk::free).max().orElse(0);
    if (disk < LITTLE_DISK) {
      findings.add(
          warning(
              "disk-low",
              Quantity.about(disk) + " of disk are free",
              "Make room: images and packages of pools take gigabytes (disk in limits.yml bounds it)."));
    }
    return findings;
  }

  private static List<Finding> of(Speeds.Network network) {
    List<Finding> findings = new ArrayList<>();
    if (network.down() < SLOW_NETWORK) {
      findings.add(
          warning(
              "network-slow",
              Quantity.about((long) network.down()) + " a second come from the queen",
              "Use a cable, or choose pools whose inputs and packages are small."));
    }
    if (network.millis() > FAR_MILLIS) {
      findings.add(
          warning(
              "queen-far",
              Math.round(network.millis()) + " ms to the queen and back",
              "Choose pools with long jobs: short ones go to providers that are nearer."));
    }
    return findings;
  }

  private static Finding warning(String code, String message, String fix) {
    return new Finding(Severity.WARNING, code, message, fix);
  }
}
