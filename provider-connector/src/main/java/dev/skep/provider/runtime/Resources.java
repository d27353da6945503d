package dev.skep.provider.runtime;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;

/**
 * What one slot may use of the machine; hard limits, not reservations.
 *
 * @param milliCpus thousandths of a core
 * @param memoryBytes including everything the job writes to /tmp; there is no swap
 * @param pids processes and threads together
 * @param tmpBytes size of /tmp, the only writable place
 * @param gpus graphics cards
 */
public record Resources(int milliCpus, long memoryBytes, int pids, long tmpBytes, int gpus) {

  private static final long MIB = 1L << 20;

  /** One core, 256 MiB, 128 processes, 64 MiB of /tmp. */
  public static final Resources DEFAULT = new Resources(1000, 256 * MIB, 128, 64 * MIB);

  /** Without a graphics card. */
  public Resources(int milliCpus, long memoryBytes, int pids, long tmpBytes) {
    this(milliCpus, memoryBytes, pids, tmpBytes, 0);
  }

  public Resources {
    check(gpus >= 0 && gpus <= 16, "gpus must be between 0 and 16");
    // Docker refuses less than 6 MiB, and Python needs about 15; below 8 processes threads cannot
    // start.
    check(milliCpus >= 10 && milliCpus <= 1_024_000, "cpus must be between 0.01 and 1024");
    check(memoryBytes >= 24 * MIB, "memory must be at least 24m");
    check(pids >= 8 && pids <= 32_768, "pids must be between 8 and 32768");
    check(
        tmpBytes >= MIB && tmpBytes <= memoryBytes,
        "tmp must be between 1m and memory, which it counts against");
  }

  private static void check(boolean holds, String why) {
    if (!holds) {
      throw SkepException.of("resources-invalid", 400)
          .fault(Fault.CALLER)
          .because(why)
          .hint("Change 'resources' in the pool's configuration.");
    }
  }
}
