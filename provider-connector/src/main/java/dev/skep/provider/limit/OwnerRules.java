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
 * @param network what jobs may reach at most
 */
public record OwnerRules(Room room, WorkHours hours, Guests guests, EgressPolicy network) {

  /** No limits but the sandbox's; no network. */
  public static final OwnerRules NONE =
      new OwnerRules(
          new Room(Long.MAX_VALUE, Long.MAX_VALUE),
          WorkHours.ALWAYS,
          new Guests(AllowDeny.ALL, AllowDeny.ALL, AllowDeny.ALL),
          EgressPolicy.NONE);

  /** Thousandths of a processor, and bytes. */
  public record Room(long milliCpus, long memoryBytes) {

    long slots(JobSpec job) {
      return Math.min(
          milliCpus / job.resources().milliCpus(), memoryBytes / job.resources().memoryBytes());
    }
  }

  /** Ids of pools, addresses of their owners in lower case, images as pools name them. */
  public record Guests(AllowDeny pools, AllowDeny owners, AllowDeny images) {}

  /** A pool that wants slots here. */
  public record Guest(String pool, String owner, int slots) {}

  /** The same rules with another policy for the network. */
  public OwnerRules with(EgressPolicy other) {
    return new OwnerRules(room, hours, guests, other);
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
    long fit = room.slots(job);
    if (fit < guest.slots()) {
      throw SkepException.of("limits-exceeded", 422)
          .fault(Fault.PROVIDER)
          .because(
              "%d slots do not fit into this machine's limits, %d do".formatted(guest.slots(), fit))
          .hint(fit == 0 ? "Raise cores or memory in limits.yml." : "Join with -n " + fit + ".");
    }
    network.admit(job.network());
  }

  /** Whether so many containers of that job are within the limits. */
  public boolean hasRoomFor(int containers, JobSpec job) {
    return room.slots(job) >= containers;
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
