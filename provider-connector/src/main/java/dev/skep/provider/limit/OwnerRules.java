package dev.skep.provider.limit;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.runtime.JobSpec;

/**
 * The owner's own rules.
 *
 * @param room for all slots together
 * @param guests which pools, pool owners and images are welcome
 * @param network what jobs may reach at most, and how much of it
 * @param idle what else the machine may do meanwhile
 */
public record OwnerRules(
    Room room, WorkHours hours, Guests guests, EgressPolicy network, IdleRule idle) {

  /** No limits but the sandbox's; no network. */
  public static final OwnerRules NONE =
      new OwnerRules(
          Room.ALL,
          WorkHours.ALWAYS,
          new Guests(AllowDeny.ALL, AllowDeny.ALL, AllowDeny.ALL),
          EgressPolicy.NONE,
          IdleRule.NONE);

  /**
   * What is lent of the machine.
   *
   * @param milliCpus thousandths of a processor
   * @param diskBytes of everything that is kept for pools
   */
  public record Room(long milliCpus, long memoryBytes, long diskBytes, Cards cards) {

    /** All of it. */
    public static final Room ALL =
        new Room(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Cards.ALL);

    long slots(JobSpec job, Needs needs) {
      long byCpus = milliCpus / job.resources().milliCpus();
      long byMemory = memoryBytes / job.resources().memoryBytes();
      long byDisk = needs.disk() > diskBytes ? 0 : Long.MAX_VALUE;
      long byCards = cards.slots(needs.gpus(), needs.vram());
      return Math.min(Math.min(byCpus, byMemory), Math.min(byDisk, byCards));
    }
  }

  /**
   * What a pool asks for besides processors and memory.
   *
   * @param vram bytes of each card
   * @param disk bytes of the machine, once for all slots
   */
  public record Needs(int gpus, long vram, long disk) {
    public static final Needs NONE = new Needs(0, 0, 0);
  }

  /** Ids of pools, addresses of their owners in lower case, images as pools name them. */
  public record Guests(AllowDeny pools, AllowDeny owners, AllowDeny images) {}

  /** A pool that wants slots here. */
  public record Guest(String pool, String owner, int slots, Needs needs) {

    /** One that needs processors and memory only. */
    public Guest(String pool, String owner, int slots) {
      this(pool, owner, slots, Needs.NONE);
    }
  }

  /** The same rules with other places to reach; how much of them may be used stays. */
  public OwnerRules with(EgressPolicy other) {
    return new OwnerRules(room, hours, guests, other.with(network.meter()), idle);
  }

  /**
   * Refuses a pool that these rules keep out.
   *
   * @throws SkepException {@code pool-refused-here}, {@code limits-exceeded}, {@code
   *     network-not-allowed} (PROVIDER)
   */
  public void admit(Guest guest, JobSpec job) {
    welcome("the pool " + guest.pool(), guests.pools().admits(guest.pool()));
    welcome("the pool's owner " + guest.owner(), guests.owners().admits(guest.owner()));
    welcome("the image " + job.image(), guests.images().admits(job.image().text()));
    long fit = fit(job, guest.needs());
    if (fit < guest.slots()) {
      throw SkepException.of("limits-exceeded", 422)
          .fault(Fault.PROVIDER)
          .because(
              "%d slots do not fit into this machine's limits, %d do".formatted(guest.slots(), fit))
          .hint(
              fit == 0
                  ? "Raise cores, memory, disk, gpus or vram in limits.yml."
                  : "Join with -n " + fit + ".");
    }
    network.admit(job.network());
  }

  /** How many slots of such a job the limits hold. */
  public long fit(JobSpec job, Needs needs) {
    return room.slots(job, needs);
  }

  private static void welcome(String who, boolean admitted) {
    if (!admitted) {
      throw SkepException.of("pool-refused-here", 403)
          .fault(Fault.PROVIDER)
          .because("limits.yml of this machine does not let in " + who)
          .hint("Change its lists, or join another pool: skep pool list.");
    }
  }
}
